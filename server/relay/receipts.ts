import type { PollId, RecordId } from '#core/kernel/ids.ts';
import { Composer } from '#core/ledger/composer.ts';
import { parseRecord, sealRecord, signatureInput, type HeldRecord, type LedgerRecord } from '#core/ledger/record.ts';
import { signReceipt } from '#core/polls/acts.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { DiskUse } from './disk-use.ts';
import type { Grid } from './grids.ts';
import type { RelayIdentity } from './identity.ts';
import { LIMITS } from './limits.ts';
import type { Session } from './session.ts';

type Receipt = LedgerRecord<'receipt'>;

export interface ReceiptsDeps {
	readonly identity: RelayIdentity;
	readonly queue: CommitQueue;
	readonly use: DiskUse;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly elapsed: () => number;
	/** RELAY-57: nothing is confirmed before, as `elapsed` counts. */
	readonly confirmsFrom: number;
	/** Stores the relay's own record in this turn's transaction, and tells it to who follows its scope. */
	readonly keep: (receipt: Receipt) => void;
	readonly deliver: (session: Session, receipt: Receipt) => void;
}

/**
 * RELAY-55, LEDGER 4.2: a relay that its grid has taken on confirms in writing the ballots that it commits: one record
 * for those of a turn, in the same transaction. Whoever brought a ballot is given the receipt that names it.
 */
export class Receipts {
	readonly #grid: Grid;
	readonly #deps: ReceiptsDeps;
	/** The own receipt that names a ballot. */
	readonly #receipts = new Map<RecordId, Receipt>();
	/** Ballots that no own receipt names. */
	readonly #open = new Map<PollId, Set<RecordId>>();
	/** Who brought ballots that are open. */
	readonly #waiting = new Map<Session, Set<RecordId>>();

	constructor(grid: Grid, deps: ReceiptsDeps) {
		this.#grid = grid;
		this.#deps = deps;
		for (const receipt of grid.ledger.ofType('receipt')) this.#note(receipt);
		for (const ballot of grid.ledger.ofType('ballot')) this.#note(ballot);
	}

	/** A record was accepted in this turn. */
	kept(record: HeldRecord): void {
		this.#note(record);
		if (record.type === 'ballot' || record.type === 'relay.add') this.confirmSoon();
	}

	/** RELAY-56: what this session brought is acknowledged; it gets the receipts at once, or when they are signed. */
	acknowledged(session: Session, ids: readonly RecordId[]): void {
		const ballots = ids.filter((id) => this.#grid.ledger.find(id, 'ballot') !== undefined);
		for (const receipt of this.#receiptsFor(ballots)) this.#deps.deliver(session, receipt);
		const open = ballots.filter((id) => !this.#receipts.has(id));
		if (open.length === 0 || this.#authority === undefined) return;
		this.#waiting.set(session, new Set([...(this.#waiting.get(session) ?? []), ...open]));
	}

	forget(session: Session): void {
		this.#waiting.delete(session);
	}

	/** At the end of this turn, in its transaction. */
	confirmSoon(): void {
		if (this.#open.size > 0) this.#deps.queue.before(this, () => this.#confirm());
	}

	/** The standing `relay.add` of this relay's key. */
	get #authority(): RecordId | undefined {
		return this.#grid.roster.relays.find(({ key }) => key === this.#deps.identity.key)?.id;
	}

	/** Each once, as they follow one another. */
	#receiptsFor(ballots: readonly RecordId[]): readonly Receipt[] {
		const receipts = new Set(ballots.flatMap((id) => this.#receipts.get(id) ?? []));
		return [...receipts].sort((a, b) => a.seq - b.seq);
	}

	#note(record: HeldRecord): void {
		if (record.type === 'ballot' && record.scope !== null && !this.#receipts.has(record.id)) {
			const open = this.#open.get(record.scope) ?? new Set();
			this.#open.set(record.scope, open.add(record.id));
		}
		if (record.type !== 'receipt' || record.by !== this.#deps.identity.key || record.scope === null) return;
		const open = this.#open.get(record.scope);
		for (const id of record.body.ids) {
			this.#receipts.set(id, record);
			open?.delete(id);
		}
		if (open?.size === 0) this.#open.delete(record.scope);
	}

	#confirm(): void {
		const { elapsed, confirmsFrom, use, keep } = this.#deps;
		const authority = this.#authority;
		if (authority === undefined || elapsed() < confirmsFrom || use.isFull(this.#grid.id)) return;
		for (const [poll, open] of [...this.#open])
			for (const ids of inBatches([...open])) keep(this.#sign(authority, poll, ids));
		this.#deliver();
	}

	#sign(auth: RecordId, poll: PollId, ids: readonly RecordId[]): Receipt {
		const { identity, now } = this.#deps;
		const { ledger, id: grid } = this.#grid;
		const composer = new Composer(ledger, { key: identity.key, grid, auth }, now());
		signReceipt(composer, poll, ids);
		const [payload = new Uint8Array()] = composer.payloads;
		const record = parseRecord(sealRecord(payload, identity.sign(signatureInput(payload))));
		if (!record.ok || record.value.type !== 'receipt') throw new Error('A relay composed no receipt');
		return record.value;
	}

	#deliver(): void {
		for (const [session, ids] of this.#waiting) {
			const signed = [...ids].filter((id) => this.#receipts.has(id));
			for (const receipt of this.#receiptsFor(signed)) this.#deps.deliver(session, receipt);
			if (signed.length === ids.size) this.#waiting.delete(session);
			else for (const id of signed) ids.delete(id);
		}
	}
}

function inBatches(ids: readonly RecordId[]): readonly (readonly RecordId[])[] {
	const size = LIMITS.idsPerReceipt;
	const sorted = [...ids].sort();
	return Array.from({ length: Math.ceil(sorted.length / size) }, (_, index) =>
		sorted.slice(index * size, (index + 1) * size),
	);
}
