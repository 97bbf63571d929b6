import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import { blobReferences, type LedgerRecord } from '#core/ledger/record.ts';
import { accessTo } from '#core/roster/permissions.ts';
import { decodeOwnFrame, encodeLedgerMessage, type CloseReason } from '#core/wire/frames.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { answer } from '#core/wire/reconcile.ts';
import type { RelayStore } from '../storage/port.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Founding } from './founding.ts';
import { LedgerTurn } from './ledger-turn.ts';
import { judgeRecord, judgeWire, type Judgement, type Policy } from './gate.ts';
import type { Grid } from './grids.ts';
import type { Chunk } from './blob-intake.ts';
import { mayRead, sendBlobs } from './blob-delivery.ts';
import { INTRODUCTION_TYPES } from './login.ts';
import { Peer } from './peer.ts';
import type { Room, Session } from './session.ts';
import type { Verifier } from './verify.ts';

export interface LedgerRoomDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
	readonly verifier: Verifier;
	readonly founding: Founding;
	readonly now: () => number;
}

type Verdict = readonly [RecordId, string];

/** How many missing blobs are asked for at once; the message allows so many. */
const WANTED_AT_ONCE = 1024;

/** The trunk of one grid: reconciliation, offers, blobs (LEDGER 5). */
export class LedgerRoom implements Room {
	readonly grid: Grid;
	readonly #deps: LedgerRoomDeps;
	readonly #peers = new Map<Session, Peer>();
	readonly #turn: LedgerTurn;

	constructor(grid: Grid, deps: LedgerRoomDeps) {
		this.grid = grid;
		this.#deps = deps;
		this.#turn = new LedgerTurn(grid, this.#peers, deps);
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
		const policy: Policy = (record) =>
			INTRODUCTION_TYPES.includes(record.type) ? this.#foundingPolicy(session, record) : 'not-permitted';
		const judgement = judgeWire(this.grid, this.#deps.verifier, wire, policy);
		if (judgement.verdict === 'accept') this.#keep(session, judgement.record);
		if (judgement.verdict === 'later') return 'later';
		return judgement.verdict === 'accept' || judgement.verdict === 'duplicate' ? 'held' : 'refused';
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
		const verdicts: Verdict[] = [];
		const missing: BlobHash[] = [];
		for (const wire of wires) {
			const judgement = judgeWire(this.grid, this.#deps.verifier, wire, this.#policyFor(session));
			if (judgement.verdict === 'malformed') return 'malformed';
			this.#settle(session, peer, judgement, verdicts, missing);
		}
		this.#acknowledge(session, verdicts);
		this.#askForBlobs(session, missing);
		return undefined;
	}

	/** Keeps what is accepted, and then whatever waited for it. */
	#settle(session: Session, peer: Peer, first: Judgement, verdicts: Verdict[], missing: BlobHash[]): void {
		const open = [first];
		for (let judgement = open.pop(); judgement; judgement = open.pop()) {
			if (judgement.verdict === 'malformed') continue;
			verdicts.push(verdictOf(judgement));
			if (judgement.verdict === 'later') peer.waiting.hold(judgement.record, judgement.missing);
			if (judgement.verdict !== 'accept') continue;
			this.#keep(session, judgement.record);
			missing.push(...blobReferences(judgement.record).map(({ hash }) => hash));
			const waited = peer.waiting.take(judgement.record.id);
			const policy = this.#policyFor(session);
			open.push(...waited.map((record) => judgeRecord(this.grid, this.#deps.verifier, record, policy)));
		}
	}

	#acknowledge(session: Session, verdicts: readonly Verdict[]): void {
		for (let start = 0; start < verdicts.length; start += 128) {
			session.send(encodeLedgerMessage({ t: 'ack', verdicts: verdicts.slice(start, start + 128) }));
		}
	}

	#policyFor(session: Session): Policy {
		return (record) => {
			const { role } = session;
			const founding = this.#foundingPolicy(session, record);
			if (founding !== '' || !role) return founding || 'not-permitted';
			if (role === 'newcomer') return record.type === 'join' ? '' : 'not-permitted';
			return accessTo('ledger', role) === 'write' ? '' : 'not-permitted';
		};
	}

	/** The first record of a grid is its genesis, and somebody who may found must bring it. */
	#foundingPolicy(session: Session, record: LedgerRecord): string {
		if (record.type !== 'genesis') return '';
		return this.#deps.founding.mayFound(session.founding) ? '' : 'not-permitted';
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

function verdictOf(judgement: Exclude<Judgement, { verdict: 'malformed' }>): Verdict {
	if (judgement.verdict === 'refuse') return [judgement.id, judgement.code];
	if (judgement.verdict === 'duplicate') return [judgement.id, ''];
	return [judgement.record.id, judgement.verdict === 'later' ? 'later' : ''];
}

/** Encoded one by one as they are sent: a whole ledger is many messages. */
function* encoded(messages: readonly LedgerMessage[]): Iterable<Uint8Array> {
	for (const message of messages) yield encodeLedgerMessage(message);
}
