import type { PollId } from '#core/kernel/ids.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import { accessTo } from '#core/roster/permissions.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import { decodeOwnFrame, encodeDraftMessage, encodeLedgerMessage } from '#core/wire/frames.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { answer, hello } from '#core/wire/reconcile.ts';
import type { Verifier } from '../ed25519.ts';
import { BlobExchange } from './blob-exchange.ts';
import type { DiskUse } from './disk-use.ts';
import type { Founding } from './founding.ts';
import type { Grid } from './grids.ts';
import type { Introduced } from './login.ts';
import { LedgerTurn, type LedgerTurnDeps } from './ledger-turn.ts';
import { Offers, type Verdict } from './offers.ts';
import { LinkedRelays } from './linked-relays.ts';
import { Peer } from './peer.ts';
import { Receipts, type ReceiptsDeps } from './receipts.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';
import { UnitBallots } from './unit-ballots.ts';

export interface LedgerRoomDeps extends LedgerTurnDeps, Pick<ReceiptsDeps, 'identity' | 'confirmsFrom' | 'elapsed'> {
	readonly verifier: Verifier;
	readonly founding: Founding;
	readonly use: DiskUse;
}

/** The trunk of one grid: reconciliation, offers, blobs (LEDGER 5). */
export class LedgerRoom implements Room {
	readonly grid: Grid;
	readonly #deps: LedgerRoomDeps;
	readonly #peers = new Map<Session, Peer>();
	readonly #relays = new LinkedRelays();
	readonly #turn: LedgerTurn;
	readonly #offers: Offers;
	readonly #blobs: BlobExchange;
	readonly #receipts: Receipts;
	readonly #units: UnitBallots;

	constructor(grid: Grid, deps: LedgerRoomDeps) {
		this.grid = grid;
		this.#deps = deps;
		this.#blobs = new BlobExchange(grid, { ...deps, arrived: (hash) => this.#turn.blob(hash) });
		this.#turn = new LedgerTurn(grid, { peers: this.#peers, relays: this.#relays }, this.#blobs, deps);
		this.#offers = new Offers({ ...deps, grid, keep: (...kept) => this.#keep(...kept) });
		this.#units = new UnitBallots(grid, this.#peers);
		this.#receipts = new Receipts(grid, {
			...deps,
			keep: (receipt) => this.#keep(undefined, receipt),
			deliver: (session, { scope, wire }) => this.#deliver(session, scope, wire),
		});
	}

	admits(session: Session): boolean {
		return session.role !== undefined && accessTo('ledger', session.role) !== 'none';
	}

	enter(session: Session): void {
		this.#peers.set(session, new Peer());
		this.#relays.enter(session);
	}

	leave(session: Session): void {
		this.#peers.delete(session);
		this.#relays.leave(session);
		this.#receipts.forget(session);
	}

	receive(session: Session, frame: Uint8Array): CloseReason | undefined {
		const decoded = decodeOwnFrame(frame);
		return decoded.ok && decoded.value.number === 64 ? this.hear(session, decoded.value.message) : 'malformed';
	}

	/** One message after login; answers how the session must end, if it must. */
	hear(session: Session, message: LedgerMessage): CloseReason | undefined {
		const peer = this.#peers.get(session);
		return peer && session.role ? this.#hear(session, peer, message) : 'forbidden';
	}

	/** LINK-4: asks another relay about everything that is held here: scope by scope, structure first. */
	compareWith(session: Session): void {
		const { ledger } = this.grid;
		for (const scope of new Set([null, ...ledger.ofType('poll.open').map(({ id }) => id as PollId)])) {
			session.send(encodeLedgerMessage(hello(ledger, scope)));
			this.#blobs.askFor(session, ledger.blobsOf(scope));
		}
	}

	/** LINK-5: draft edits that are committed here go on to the other relays. */
	passOn(room: string, update: Uint8Array, from: ReadonlySet<Session>): void {
		const listeners = this.#relays.listeners(from).filter(({ role }) => role === 'relay');
		if (listeners.length === 0) return;
		const frame = encodeDraftMessage({ t: 'step2', room, update });
		for (const relay of listeners) relay.sendNow(frame);
	}

	/** Those that had to wait. */
	confirmBallots(): void {
		this.#receipts.confirmSoon();
	}

	/** Somebody who is proving its key shows who introduced it. */
	introduce(session: Session, wire: Uint8Array): Introduced {
		return this.#offers.introduce(session, wire);
	}

	#hear(session: Session, peer: Peer, message: LedgerMessage): CloseReason | undefined {
		switch (message.t) {
			case 'records':
				return this.#offered(session, peer, message.wires);
			case 'chunk':
			case 'offer-blobs':
			case 'want-blobs':
			case 'want-rest':
				this.#blobs.hear(session, peer, message);
				return undefined;
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
			this.#blobs.askFor(session, this.grid.ledger.blobsOf(message.scope));
		}
		const answers = answer(this.grid.ledger, message);
		session.sendBulk(encoded(answers));
		if (message.scope === null && answers.some(({ t }) => t === 'same')) this.#units.inStep(session);
	}

	#offered(session: Session, peer: Peer, wires: readonly Uint8Array[]): CloseReason | undefined {
		const settlement = this.#offers.settle(session, peer.waiting, wires);
		if (!settlement) return 'malformed';
		this.#acknowledge(session, settlement.verdicts);
		const taken = settlement.verdicts.filter(([, verdict]) => verdict === '');
		this.#receipts.acknowledged(
			session,
			taken.map(([id]) => id),
		);
		this.#blobs.askFor(session, settlement.named);
		return undefined;
	}

	#acknowledge(session: Session, verdicts: readonly Verdict[]): void {
		for (let start = 0; start < verdicts.length; start += BATCH.records) {
			session.send(encodeLedgerMessage({ t: 'ack', verdicts: verdicts.slice(start, start + BATCH.records) }));
		}
	}

	/** Who follows the scope is told of everything in it. */
	#deliver(session: Session, scope: PollId | null, wire: Uint8Array): void {
		// A relay is told every scope.
		if (this.#relays.includes(session)) return;
		if (this.#peers.get(session)?.follows(scope) === false)
			session.send(encodeLedgerMessage({ t: 'records', scope, wires: [wire] }));
	}

	/** Without a session: the relay's own. */
	#keep(session: Session | undefined, record: HeldRecord): void {
		const { id, scope, wire } = record;
		this.grid.add(record);
		this.#deps.queue.record({ grid: this.grid.id, scope, id, wire });
		if (record.type === 'genesis') this.#deps.founding.use(session?.founding ?? '');
		this.#receipts.kept(record);
		this.#units.kept(record);
		this.#turn.record(record, session);
	}
}

/** Encoded one by one as they are sent: a whole ledger is many messages. */
function* encoded(messages: readonly LedgerMessage[]): Iterable<Uint8Array> {
	for (const message of messages) yield encodeLedgerMessage(message);
}
