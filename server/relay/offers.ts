import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import { blobReferences, type LedgerRecord } from '#core/ledger/record.ts';
import { accessTo } from '#core/roster/permissions.ts';
import type { Founding } from './founding.ts';
import { judgeRecord, judgeWire, type Judgement, type Policy } from './gate.ts';
import type { Grid } from './grids.ts';
import { INTRODUCTION_TYPES } from './login.ts';
import type { Waiting } from './waiting.ts';
import type { Session } from './session.ts';
import type { Verifier } from './verify.ts';

export interface OffersDeps {
	readonly grid: Grid;
	readonly verifier: Verifier;
	readonly founding: Founding;
	/** Stores an accepted record in this turn's transaction. */
	readonly keep: (session: Session, record: LedgerRecord) => void;
}

/** `[id, verdict]`: '' held for good, 'later' offer again, else a refusal code. */
export type Verdict = readonly [RecordId, string];

/** What came of one message of records. `named`: the blobs that newly accepted records name. */
export interface Settlement {
	readonly verdicts: Verdict[];
	readonly named: BlobHash[];
}

/** Judges what is offered to one grid, by the ledger's rules and by who offers it. */
export class Offers {
	readonly #deps: OffersDeps;

	constructor(deps: OffersDeps) {
		this.#deps = deps;
	}

	/** undefined when a wire is not even a record: its sender is no client of ours. */
	settle(session: Session, waiting: Waiting, wires: readonly Uint8Array[]): Settlement | undefined {
		const settlement: Settlement = { verdicts: [], named: [] };
		for (const wire of wires) {
			const { grid, verifier } = this.#deps;
			const judgement = judgeWire(grid, verifier, wire, this.#policyFor(session));
			if (judgement.verdict === 'malformed') return undefined;
			this.#settleOne(session, waiting, judgement, settlement);
		}
		return settlement;
	}

	/** Somebody who is proving its key shows who introduced it. */
	introduce(session: Session, wire: Uint8Array): 'held' | 'later' | 'refused' {
		const { grid, verifier, keep } = this.#deps;
		const policy: Policy = (record) =>
			INTRODUCTION_TYPES.includes(record.type) ? this.#ownPolicy(session, record) : 'not-permitted';
		const judgement = judgeWire(grid, verifier, wire, policy);
		if (judgement.verdict === 'accept') keep(session, judgement.record);
		if (judgement.verdict === 'later') return 'later';
		return judgement.verdict === 'accept' || judgement.verdict === 'duplicate' ? 'held' : 'refused';
	}

	/** Keeps what is accepted, and then whatever waited for it. */
	#settleOne(session: Session, waiting: Waiting, first: Judgement, { verdicts, named }: Settlement): void {
		const open = [first];
		for (let judgement = open.pop(); judgement; judgement = open.pop()) {
			if (judgement.verdict === 'malformed') continue;
			verdicts.push(verdictOf(judgement));
			if (judgement.verdict === 'later') waiting.hold(judgement.record, judgement.missing);
			if (judgement.verdict !== 'accept') continue;
			this.#deps.keep(session, judgement.record);
			named.push(...blobReferences(judgement.record).map(({ hash }) => hash));
			open.push(...this.#judgeAgain(session, waiting.take(judgement.record.id)));
		}
	}

	#judgeAgain(session: Session, records: readonly LedgerRecord[]): readonly Judgement[] {
		const { grid, verifier } = this.#deps;
		return records.map((record) => judgeRecord(grid, verifier, record, this.#policyFor(session)));
	}

	#policyFor(session: Session): Policy {
		return (record) => {
			const { role } = session;
			const objection = this.#ownPolicy(session, record);
			if (objection !== '' || !role) return objection || 'not-permitted';
			if (role === 'newcomer') return record.type === 'join' ? '' : 'not-permitted';
			return accessTo('ledger', role) === 'write' ? '' : 'not-permitted';
		};
	}

	/** What no rule of the ledger says: who may bring a new grid, and how often an invitation serves. */
	#ownPolicy(session: Session, record: LedgerRecord): string {
		if (record.type === 'genesis') return this.#deps.founding.mayFound(session.founding) ? '' : 'not-permitted';
		return record.type === 'join' && this.#isUsedUp(record) ? 'invite-used-up' : '';
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
	return [judgement.record.id, judgement.verdict === 'later' ? 'later' : ''];
}
