import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import type { HeldRecord, LedgerRecord } from '#core/ledger/record.ts';
import { blobReferences } from '#core/ledger/references.ts';
import { accessTo, type CallerRole } from '#core/roster/permissions.ts';
import type { DiskUse } from './disk-use.ts';
import type { Founding } from './founding.ts';
import { judgeRecord, judgeWire, type Judgement, type Policy } from './gate.ts';
import type { Grid } from './grids.ts';
import { INTRODUCTION_TYPES, type Introduced } from './login.ts';
import { RecordQuota } from './record-quota.ts';
import type { Waiting } from './waiting.ts';
import type { Session } from './session.ts';
import type { Verifier } from '../ed25519.ts';

export interface OffersDeps {
	readonly grid: Grid;
	readonly verifier: Verifier;
	readonly founding: Founding;
	readonly elapsed: () => number;
	readonly use: DiskUse;
	/** Stores an accepted record in this turn's transaction. */
	readonly keep: (session: Session, record: HeldRecord) => void;
}

/** `[id, verdict]`: '' held for good, 'later' or 'full' offer again, else a refusal code. */
export type Verdict = readonly [RecordId, string];

/** What came of one message of records. `named`: the blobs that newly accepted records name. */
export interface Settlement {
	readonly verdicts: Verdict[];
	readonly named: BlobHash[];
}

/** One message of records while it is judged. */
interface Offer extends Settlement {
	readonly session: Session;
	/** That of the beginning: to ask again after each record would fold the roster as often. */
	readonly role: CallerRole | undefined;
	readonly waiting: Waiting;
	readonly policy: Policy;
}

/** Judges what is offered to one grid, by the ledger's rules and by who offers it. */
export class Offers {
	readonly #deps: OffersDeps;
	readonly #quota: RecordQuota;

	constructor(deps: OffersDeps) {
		this.#deps = deps;
		this.#quota = new RecordQuota(deps.elapsed);
	}

	/** undefined when a wire is not even a record: its sender is no client of ours. */
	settle(session: Session, waiting: Waiting, wires: readonly Uint8Array[]): Settlement | undefined {
		const { grid, verifier } = this.#deps;
		const { role } = session;
		const offer: Offer = { session, role, waiting, policy: this.#policyFor(session, role), verdicts: [], named: [] };
		for (const wire of wires) {
			const judgement = judgeWire(grid, verifier, wire, offer.policy);
			if (judgement.verdict === 'malformed') return undefined;
			this.#settleOne(offer, judgement);
		}
		return offer;
	}

	/** Somebody who is proving its key shows who introduced it. */
	introduce(session: Session, wire: Uint8Array): Introduced {
		const { grid, verifier } = this.#deps;
		const policy: Policy = (record) =>
			INTRODUCTION_TYPES.includes(record.type) ? this.#ownPolicy(session, undefined, record) : 'not-permitted';
		const judgement = judgeWire(grid, verifier, wire, policy);
		if (judgement.verdict === 'accept') this.#keep(session, undefined, judgement.record);
		if (judgement.verdict === 'later') return judgement.why === 'full' ? 'full' : 'later';
		return judgement.verdict === 'accept' || judgement.verdict === 'duplicate' ? 'held' : 'refused';
	}

	/** Keeps what is accepted, and then whatever waited for it. */
	#settleOne(offer: Offer, first: Judgement): void {
		const open = [first];
		for (let judgement = open.pop(); judgement; judgement = open.pop()) {
			if (judgement.verdict === 'malformed') continue;
			offer.verdicts.push(verdictOf(judgement));
			if (judgement.verdict === 'later' && judgement.missing) offer.waiting.hold(judgement.record, judgement.missing);
			if (judgement.verdict !== 'accept') continue;
			this.#keep(offer.session, offer.role, judgement.record);
			offer.named.push(...blobReferences(judgement.record).map(({ hash }) => hash));
			open.push(...this.#judgeAgain(offer, offer.waiting.take(judgement.record.id)));
		}
	}

	#judgeAgain({ policy }: Offer, records: readonly HeldRecord[]): readonly Judgement[] {
		const { grid, verifier } = this.#deps;
		return records.map((record) => judgeRecord(grid, verifier, record, policy));
	}

	#keep(session: Session, role: CallerRole | undefined, record: HeldRecord): void {
		if (role !== 'relay') this.#quota.count(record, session.key);
		this.#deps.keep(session, record);
	}

	#policyFor(session: Session, role: CallerRole | undefined): Policy {
		return (record) => {
			const objection = this.#ownPolicy(session, role, record);
			if (objection !== '' || !role) return objection || 'not-permitted';
			if (role === 'newcomer') return record.type === 'join' ? '' : 'not-permitted';
			return accessTo('ledger', role) === 'write' ? '' : 'not-permitted';
		};
	}

	/** What no rule of the ledger says: who may bring a new grid, how often an invitation serves, how fast one writes. */
	#ownPolicy(session: Session, role: CallerRole | undefined, record: HeldRecord): string {
		const { founding, use, grid } = this.#deps;
		if (record.type === 'genesis') return founding.mayFound(session.founding) ? '' : 'not-permitted';
		// LINK-2: another relay applied its own policy, and what one of them refused they would never hold alike.
		const isCarried = role === 'relay';
		if (!isCarried && record.type === 'join' && this.#isUsedUp(record)) return 'invite-used-up';
		if (use.isFull(grid.id)) return 'full';
		return !isCarried && this.#quota.isSpent(record, session.key) ? 'later' : '';
	}

	#isUsedUp({ auth }: LedgerRecord<'join'>): boolean {
		const { ledger } = this.#deps.grid;
		const invite = auth === null ? undefined : ledger.find(auth, 'invite');
		return invite !== undefined && ledger.ofType('join').filter((join) => join.auth === auth).length >= invite.body.max;
	}
}

function verdictOf(judgement: Exclude<Judgement, { verdict: 'malformed' }>): Verdict {
	if (judgement.verdict === 'refuse') return [judgement.id, judgement.code];
	if (judgement.verdict === 'duplicate') return [judgement.id, ''];
	return [judgement.record.id, judgement.verdict === 'later' ? judgement.why : ''];
}
