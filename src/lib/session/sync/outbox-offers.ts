import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { recordMessages } from '#core/wire/reconcile.ts';
import type { OutboxRow } from '#lib/adapters/dexie/database.ts';
import type { CornerCopy } from '../corner-copy.ts';
import type { BlobTransfer } from './blob-transfer.ts';

/** Offers what is unsent, each thing once on a connection unless the relay puts it off. */
export interface OutboxOffers {
	/** A new connection knows nothing of what was offered on the last one. */
	startAgain(): void;
	/** Of these, what is held in memory already and was not offered yet. */
	offer(rows: readonly OutboxRow[]): void;
	/** What the relay may have lost, sent or not. */
	offerHeld(records: readonly HeldRecord[]): void;
	/** The relay takes it later: it is offered again. */
	putOff(id: string): void;
}

export function outboxOffers(
	copy: CornerCopy,
	blobs: BlobTransfer,
	send: (message: LedgerMessage) => void,
): OutboxOffers {
	const offered = new Set<string>();
	const offerHeld = (records: readonly HeldRecord[]) => {
		const fresh = records.filter(({ id }) => !offered.has(id));
		for (const { id } of fresh) offered.add(id);
		offersOf(fresh).forEach(send);
	};
	return {
		startAgain() {
			offered.clear();
			blobs.startAgain();
		},
		offer(rows) {
			const unsent = rows.filter(({ kind, refusal }) => kind === 'record' && !refusal);
			offerHeld(unsent.flatMap(({ id }) => copy.ledger.held(id as RecordId) ?? []));
			blobs.offer(rows);
		},
		offerHeld,
		putOff(id) {
			offered.delete(id);
			blobs.putOff(id as BlobHash);
		},
	};
}

/** Structure before any poll's scope, which rests on it. */
function offersOf(records: readonly HeldRecord[]): readonly LedgerMessage[] {
	const scopes = [...new Set(records.map(({ scope }) => scope))];
	scopes.sort((a, b) => Number(a !== null) - Number(b !== null));
	const ofScope = (wanted: HeldRecord['scope']) => records.filter(({ scope }) => scope === wanted);
	return scopes.flatMap((scope) => recordMessages(scope, ofScope(scope)));
}
