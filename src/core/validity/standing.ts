import { groupBy } from '../kernel/group.ts';
import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember, citedGrant } from '../roster/authorship.ts';
import { REVOCATION_TYPES, type Cut } from '../roster/records.ts';
import { RANK_OF_ROLE, type GrantableRole } from '../roster/roles.ts';
import { actingRank, LOWEST_RANK } from './acting-rank.ts';
import { approvalsOf, groundsOf, wantsApproval } from './approval.ts';
import { Cuts, cutsOf, type Revocation } from './cuts.ts';
import { claimedRight, mayRevoke } from './revoking.ts';
import { LedgerView } from './view.ts';

/**
 * Which admitted records have weight under a set of revocations (LEDGER 3.4, 3.5). Pure: nothing but the records, the
 * blobs and the set decides. Answers are kept for the life of this object; a ledger that grows needs a new one.
 */
export class Standing {
	readonly ledger: LedgerReader;
	/** The ledger without the records that have no weight. */
	readonly view: LedgerReader;
	/** The revocations that are taken into account, effective or not. */
	readonly revocations: readonly Revocation[];
	readonly blobs: BlobSource;
	readonly #byTarget: ReadonlyMap<RecordId, readonly Revocation[]>;
	readonly #cuts = new Map<RecordId, Cuts>();
	/** Judged before, by the revocations they take into account. */
	readonly #others = new Map<string, Standing>();
	readonly #verdicts = Array.from({ length: LOWEST_RANK + 1 }, () => new Map<RecordId, boolean>());

	/** `revocations`: those to take into account; all that are held unless said otherwise. */
	constructor(ledger: LedgerReader, blobs: BlobSource, revocations: readonly Revocation[] = revocationsIn(ledger)) {
		this.ledger = ledger;
		this.revocations = revocations;
		this.view = new LedgerView(this);
		this.blobs = blobs;
		this.#byTarget = groupBy(revocations, ({ body }) => body.target);
	}

	/** The same ledger under exactly these revocations: how a certified closing is judged (LEDGER 4.6). */
	under(ids: readonly RecordId[]): Standing {
		const named = revocationsIn(this.ledger).filter(({ id }) => ids.includes(id));
		if (named.length === this.revocations.length) return this;
		const name = named.map(({ id }) => id).join();
		const known = this.#others.get(name) ?? new Standing(this.ledger, this.blobs, named);
		this.#others.set(name, known);
		return known;
	}

	/** VALID-3: its authority stands, and no revocation that counts cuts it off. */
	stands(record: LedgerRecord): boolean {
		return this.#standsAt(record, LOWEST_RANK);
	}

	/** The revocations of a device, member or grant that count now. */
	endingsOf(target: RecordId): readonly Revocation[] {
		const ending = this.#byTarget.get(target) ?? [];
		return ending.filter((revocation) => mayRevoke(this, revocation, LOWEST_RANK) && this.stands(revocation));
	}

	/** Grants of a member that stand and were not ended. */
	currentGrantsOf(member: MemberId): readonly LedgerRecord<'role.grant'>[] {
		return this.ledger.citing(member, 'role.grant').filter((grant) => this.#isCurrent(grant));
	}

	holds(member: MemberId, role: GrantableRole): boolean {
		return this.currentGrantsOf(member).some(({ body }) => body.role === role);
	}

	/**
	 * The highest rank a member holds now, as far as `limit`; below it nobody asks, and the rank of a member is answered.
	 * Grants of lower ranks are left alone: what they rest on may be what is being judged.
	 */
	rankOf(member: MemberId, limit: number): number {
		const ranks = this.ledger.citing(member, 'role.grant').map(({ body }) => RANK_OF_ROLE[body.role]);
		const asked = [...new Set(ranks)].filter((rank) => rank <= limit).sort((a, b) => a - b);
		return asked.find((rank) => this.#holdsRank(member, rank)) ?? RANK_OF_ROLE.member;
	}

	/** `approve` cosigns of a record, whoever signed them. */
	approvalsOf(target: RecordId): readonly LedgerRecord<'cosign'>[] {
		return this.ledger.citing(target, 'cosign').filter(({ body }) => body.kind === 'approve');
	}

	#holdsRank(member: MemberId, rank: number): boolean {
		const grants = this.ledger.citing(member, 'role.grant').filter(({ body }) => RANK_OF_ROLE[body.role] === rank);
		return grants.some((grant) => this.#isCurrent(grant));
	}

	#isCurrent(grant: LedgerRecord<'role.grant'>): boolean {
		return this.stands(grant) && this.endingsOf(grant.id).length === 0;
	}

	/** Seen from rank `level`: only what is above it may have ended what this record rests on. */
	#standsAt(record: LedgerRecord, level: number): boolean {
		const rank = Math.min(level, actingRank(this.ledger, record));
		const verdicts = this.#verdicts[rank] as Map<RecordId, boolean>;
		const known = verdicts.get(record.id);
		if (known !== undefined) return known;
		verdicts.set(record.id, false); // Not proven yet: what rests on itself does not stand.
		const verdict = this.#isGrounded(record, rank) && this.#isSpared(record, rank);
		verdicts.set(record.id, verdict);
		return verdict;
	}

	#isGrounded(record: LedgerRecord, level: number): boolean {
		const grounds = groundsOf(this.ledger, record);
		if (!grounds.every((ground) => this.#standsAt(ground, level))) return false;
		if (record.type !== 'device.add' || !wantsApproval(this.ledger, record)) return true;
		return approvalsOf(this, record).some((approval) => this.#standsAt(approval, level));
	}

	#isSpared(record: LedgerRecord, level: number): boolean {
		return this.#concerning(record).every(
			(revocation) => !this.#counts(revocation, record, level) || this.#cutsOf(revocation).spare(record),
		);
	}

	/** LEDGER 3.4: revocations of the device, of its member, and of the grant that is cited. */
	#concerning(record: LedgerRecord): readonly Revocation[] {
		const targets = [record.auth, authorMember(this.ledger, record), citedGrant(record)];
		return targets.flatMap((target) => (target ? (this.#byTarget.get(target) ?? []) : []));
	}

	/** LEDGER 3.5: revocations of a device by itself judge neither each other nor themselves. */
	#counts(revocation: Revocation, record: LedgerRecord, level: number): boolean {
		if (isSelfRevocation(this.ledger, revocation) && isSelfRevocation(this.ledger, record)) return false;
		return mayRevoke(this, revocation, level) && this.#standsAt(revocation, level);
	}

	#cutsOf(revocation: Revocation): Cuts {
		const known = this.#cuts.get(revocation.id);
		if (known) return known;
		const signed = cutsOf(revocation, this.blobs);
		const cuts = new Cuts(this.ledger, [...signed, ...ownPast(this.ledger, revocation)]);
		this.#cuts.set(revocation.id, cuts);
		return cuts;
	}
}

export function revocationsIn(ledger: LedgerReader): readonly Revocation[] {
	return REVOCATION_TYPES.flatMap((type): readonly Revocation[] => ledger.ofType(type));
}

/** VALID-7: a device ends itself from here on; what it did before is not its to unmake (a thief holds it too). */
function ownPast(ledger: LedgerReader, revocation: Revocation): readonly Cut[] {
	const { by, scope, prev } = revocation;
	return prev !== null && isSelfRevocation(ledger, revocation) ? [[by, scope, prev]] : [];
}

function isSelfRevocation(ledger: LedgerReader, record: LedgerRecord): boolean {
	const revokes = REVOCATION_TYPES.some((type) => type === record.type);
	return revokes && claimedRight(ledger, record as Revocation) === 'self';
}
