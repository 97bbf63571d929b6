import type { BlobHash } from '#core/kernel/ids.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { accessTo } from '#core/roster/permissions.ts';
import { decodeOwnFrame, encodeLedgerMessage, type CloseReason } from '#core/wire/frames.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { answer } from '#core/wire/reconcile.ts';
import type { Founding } from './founding.ts';
import { LedgerTurn, type LedgerTurnDeps } from './ledger-turn.ts';
import type { Grid } from './grids.ts';
import type { Chunk } from './blob-intake.ts';
import { mayRead, sendBlobs } from './blob-delivery.ts';
import { Offers, type Verdict } from './offers.ts';
import { Peer } from './peer.ts';
import type { Room, Session } from './session.ts';
import type { Verifier } from '../ed25519.ts';

export interface LedgerRoomDeps extends LedgerTurnDeps {
	readonly verifier: Verifier;
	readonly founding: Founding;
}

/** How many missing blobs are asked for at once; the message allows so many. */
const WANTED_AT_ONCE = 1024;

/** The trunk of one grid: reconciliation, offers, blobs (LEDGER 5). */
export class LedgerRoom implements Room {
	readonly grid: Grid;
	readonly #deps: LedgerRoomDeps;
	readonly #peers = new Map<Session, Peer>();
	readonly #turn: LedgerTurn;
	readonly #offers: Offers;

	constructor(grid: Grid, deps: LedgerRoomDeps) {
		this.grid = grid;
		this.#deps = deps;
		this.#turn = new LedgerTurn(grid, this.#peers, deps);
		const { verifier, founding, now } = deps;
		this.#offers = new Offers({ grid, verifier, founding, now, keep: (...kept) => this.#keep(...kept) });
	}

	admits(session: Session): boolean {
		return session.role !== undefined && accessTo('ledger', session.role) !== 'none';
	}

	enter(session: Session): void {
		this.#peers.set(session, new Peer());
	}

	leave(session: Session): void {
		this.#peers.delete(session);
	}

	receive(session: Session, frame: Uint8Array): CloseReason | undefined {
		const decoded = decodeOwnFrame(frame);
		if (!decoded.ok || decoded.value.number !== 64) return 'malformed';
		const peer = this.#peers.get(session);
		return peer && session.role ? this.#hear(session, peer, decoded.value.message) : 'forbidden';
	}

	/** Somebody who is proving its key shows who introduced it. */
	introduce(session: Session, wire: Uint8Array): 'held' | 'later' | 'refused' {
		return this.#offers.introduce(session, wire);
	}

	#hear(session: Session, peer: Peer, message: LedgerMessage): CloseReason | undefined {
		switch (message.t) {
			case 'records':
				return this.#offered(session, peer, message.wires);
			case 'chunk':
				return this.#chunk(session, peer, message);
			case 'want-blobs':
				return this.#wanted(session, peer, message.hashes);
			case 'subscribe':
				if (session.role !== 'newcomer') peer.follow(message.scope);
				return undefined;
			case 'hello':
			case 'buckets':
			case 'ids':
			case 'want':
				return this.#reconcile(session, peer, message);
			case 'same':
			case 'ack':
			case 'blob-ack':
				return undefined;
		}
	}

	#reconcile(session: Session, peer: Peer, message: Extract<LedgerMessage, { scope: unknown }>): undefined {
		// A newcomer reads structure only: who voted what is for members.
		if (session.role === 'newcomer' && message.scope !== null) return;
		if (message.t === 'hello') {
			peer.follow(message.scope);
			this.#askForBlobs(session, message.scope === null ? this.grid.ledger.blobsOf(null) : []);
		}
		const answers = answer(this.grid.ledger, message);
		session.sendBulk(encoded(answers));
	}

	#offered(session: Session, peer: Peer, wires: readonly Uint8Array[]): CloseReason | undefined {
		const settlement = this.#offers.settle(session, peer.waiting, wires);
		if (!settlement) return 'malformed';
		this.#acknowledge(session, settlement.verdicts);
		this.#askForBlobs(session, settlement.named);
		return undefined;
	}

	#acknowledge(session: Session, verdicts: readonly Verdict[]): void {
		for (let start = 0; start < verdicts.length; start += BATCH.records) {
			session.send(encodeLedgerMessage({ t: 'ack', verdicts: verdicts.slice(start, start + BATCH.records) }));
		}
	}

	#keep(session: Session, record: LedgerRecord): void {
		const { id, scope, wire } = record;
		this.grid.add(record);
		this.#deps.queue.record({ grid: this.grid.id, scope, id, wire });
		if (record.type === 'genesis') this.#deps.founding.use(session.founding ?? '');
		this.#turn.record(record, session);
	}

	#chunk(session: Session, peer: Peer, chunk: Chunk): CloseReason | undefined {
		const verdict = this.#chunkVerdict(session, peer, chunk);
		if (verdict !== undefined) session.send(encodeLedgerMessage({ t: 'blob-ack', hash: chunk.hash, verdict }));
		return undefined;
	}

	/** '' once the blob is held; undefined while pieces are missing. */
	#chunkVerdict(session: Session, peer: Peer, chunk: Chunk): string | undefined {
		const { hash } = chunk;
		if (session.role === 'observer') return 'not-permitted';
		if (!this.grid.ledger.blobKind(hash)) return 'blob-not-referenced';
		if (this.grid.hasBlob(hash)) return '';
		const taken = peer.intake.take(chunk);
		if (taken === 'more') return undefined;
		if ('refusal' in taken) return taken.refusal;
		this.grid.addBlob(hash, taken.bytes);
		this.#deps.queue.blob({ grid: this.grid.id, hash, bytes: taken.bytes });
		this.#turn.blob(hash);
		return '';
	}

	#wanted(session: Session, peer: Peer, hashes: readonly BlobHash[]): undefined {
		const allowed = hashes.filter((hash) => mayRead(session, this.grid, hash));
		for (const hash of allowed) if (!this.grid.hasBlob(hash)) peer.wish(hash);
		const held = allowed.filter((hash) => this.grid.hasBlob(hash));
		if (held.length > 0) sendBlobs(this.#deps.store, this.grid, session, held);
	}

	#askForBlobs(session: Session, hashes: readonly BlobHash[]): void {
		const missing = hashes.filter((hash) => !this.grid.hasBlob(hash)).slice(0, WANTED_AT_ONCE);
		if (missing.length > 0) session.send(encodeLedgerMessage({ t: 'want-blobs', hashes: missing }));
	}
}

/** Encoded one by one as they are sent: a whole ledger is many messages. */
function* encoded(messages: readonly LedgerMessage[]): Iterable<Uint8Array> {
	for (const message of messages) yield encodeLedgerMessage(message);
}
