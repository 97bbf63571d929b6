import type { BlobHash } from '#core/kernel/ids.ts';
import { encodeLedgerMessage } from '#core/wire/frames.ts';
import { BATCH } from '#core/wire/ledger-messages.ts';
import type { RelayStore } from '../storage/port.ts';
import type { Grid } from './grids.ts';
import type { Session } from './session.ts';

/** LEDGER 1: member blobs hold names; somebody who is not admitted yet does not get them. */
export function mayRead(session: Session, grid: Grid, hash: BlobHash): boolean {
	const kind = grid.ledger.blobKind(hash);
	return kind === 'public' || (kind === 'member' && session.role !== undefined && session.role !== 'newcomer');
}

/** Sends held blobs in pieces, each read only when the client has taken what was before it. `from`: bytes it has already. */
export function sendBlobs(
	store: RelayStore,
	grid: Grid,
	session: Session,
	hashes: readonly BlobHash[],
	from: number,
): void {
	session.sendBulk(pieces(store, grid, hashes, from));
}

async function* pieces(
	store: RelayStore,
	grid: Grid,
	hashes: readonly BlobHash[],
	from: number,
): AsyncIterable<Uint8Array> {
	for (const hash of hashes) {
		const whole = grid.blob(hash) ?? (await store.readBlob(grid.id, hash)) ?? new Uint8Array();
		for (let offset = from; offset < whole.length; offset += BATCH.chunk) {
			const bytes = whole.subarray(offset, offset + BATCH.chunk);
			yield encodeLedgerMessage({ t: 'chunk', hash, offset, size: whole.length, bytes });
		}
	}
}
