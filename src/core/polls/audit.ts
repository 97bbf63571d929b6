import type { MemberId, RecordId } from '../kernel/ids.ts';
import { decodeIdList, type BlobSource } from '../ledger/blobs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import { stateHash } from '../ledger/state-hash.ts';
import { authorMember } from '../roster/authorship.ts';
import { electorateOf, openBallotBox, type BallotBox, type FaultyRecord } from './ballot-box.ts';
import { decide, type Decision } from './decision.ts';
import type { SevenCounts } from './records.ts';
import type { Standing } from '../validity/standing.ts';
import { supersededBy } from './reducer.ts';
import type { Closing, Poll } from './state.ts';
import { tally, type Electorate, type Tally } from './tally.ts';

/** What everybody who holds the scope can see is wrong with a closing (LEDGER 4). */
export type Defect =
	| 'lists-invalid-or-missing'
	| 'omits-receipted-ballot'
	| 'declared-counts-differ'
	| 'counted-by-hand-and-device'
	| 'blob-missing'
	| 'attendance-missing'
	| 'closer-closed-twice';

export interface Audit {
	readonly closing: RecordId;
	readonly certified: boolean;
	readonly recount: 'agrees' | 'differs';
	/** The recounted tally, whatever was declared. */
	readonly tally: Tally;
	readonly decision: Decision;
	/** Valid ballots and hand counts that the closing does not list. */
	readonly late: readonly RecordId[];
	/** Held in the scope but without weight, with the reason. */
	readonly faulty: readonly FaultyRecord[];
	readonly defects: readonly Defect[];
	/** POLL-12: would the outcome be another one if late and absent ballots counted? */
	readonly material: boolean;
}

/** POLL-11: recounts a closing in its own view, from the scope that is held here. Changes nothing in structure. */
export function auditClosing(standing: Standing, poll: Poll, closing: Closing): Audit {
	const { view: ledger, blobs } = standing.under(closing.revs);
	const electorate = electorateOf(poll, presentMembers(ledger, blobs, closing));
	const box = openBallotBox(ledger, blobs, poll, electorate);
	const listed = decodeIdList<RecordId>(blobs(closing.list));
	const counted = openBallotBox(ledger, blobs, poll, electorate, new Set(listed));
	const unlisted = ({ id }: { readonly id: RecordId }) => !listed?.includes(id);
	const recounted = tally(electorate, counted.ballots, counted.hands);
	const decision = decide(poll.rule, recounted.counts);
	const late = [...box.ballots, ...box.hands].filter(unlisted).map(({ id }) => id);
	return {
		...{ closing: closing.id, certified: closing.certified, tally: recounted, decision, late },
		recount: sameCounts(recounted.counts, closing.declared) ? 'agrees' : 'differs',
		faulty: [...counted.faulty, ...box.faulty.filter(unlisted)],
		defects: defectsOf(ledger, blobs, poll, closing, counted, recounted, listed),
		material: wouldChange(ledger, blobs, poll, electorate, box, decision),
	};
}

/** What the closer would list and declare now: every record of the scope that may be counted. */
export function countNow(
	ledger: LedgerReader,
	blobs: BlobSource,
	poll: Poll,
	present: readonly MemberId[] | undefined,
): { readonly ids: readonly RecordId[]; readonly tally: Tally; readonly box: BallotBox } {
	const electorate = electorateOf(poll, present);
	const box = openBallotBox(ledger, blobs, poll, electorate);
	const ids = [...box.ballots, ...box.hands].map(({ id }) => id);
	return { ids, tally: tally(electorate, box.ballots, box.hands), box };
}

/** FOLD-3: the state hash of one poll's scope: equal where the same ballots, hand counts and cosigns are held. */
export function scopeHash(ledger: Ledger, blobs: BlobSource, poll: Poll): string {
	const everybody = electorateOf({ ...poll, presentOnly: false }, undefined);
	const box = openBallotBox(ledger, blobs, poll, everybody);
	return stateHash({ ids: ledger.idsOf(poll.id), box });
}

export function presentMembers(
	ledger: LedgerReader,
	blobs: BlobSource,
	closing: Closing,
): readonly MemberId[] | undefined {
	const attendance = ledger.find(closing.attendance, 'meeting.attendance');
	return attendance && decodeIdList<MemberId>(blobs(attendance.body.present));
}

function defectsOf(
	ledger: LedgerReader,
	blobs: BlobSource,
	poll: Poll,
	closing: Closing,
	counted: BallotBox,
	recounted: Tally,
	listed: readonly RecordId[] | undefined,
): readonly Defect[] {
	const sound = [...counted.ballots, ...counted.hands, ...counted.replaced];
	const found: Record<Defect, boolean> = {
		'blob-missing': listed === undefined,
		'lists-invalid-or-missing': listed?.length !== sound.length,
		'omits-receipted-ballot': omitsReceipted(ledger, poll, closing, listed ?? []),
		'declared-counts-differ': !sameCounts(recounted.counts, closing.declared),
		'counted-by-hand-and-device': recounted.countedTwice.length > 0,
		'attendance-missing': poll.presentOnly && presentMembers(ledger, blobs, closing) === undefined,
		'closer-closed-twice': closedTwice(poll, closing),
	};
	return (Object.keys(found) as Defect[]).filter((defect) => found[defect]);
}

/** The closer signed that he held a ballot, and then left it out. */
function omitsReceipted(ledger: LedgerReader, poll: Poll, closing: Closing, listed: readonly RecordId[]): boolean {
	return ledger
		.ofType('receipt')
		.filter((receipt) => receipt.scope === poll.id && authorMember(ledger, receipt) === closing.closer)
		.flatMap(({ body }) => body.ids)
		.some((id) => ledger.find(id, 'ballot') !== undefined && !listed.includes(id));
}

function closedTwice(poll: Poll, closing: Closing): boolean {
	const others = poll.closings.filter(({ id, closer }) => id !== closing.id && closer === closing.closer);
	const corrects = (later: Closing, earlier: Closing) => supersededBy(poll.closings, later).includes(earlier.id);
	return others.some((other) => !corrects(other, closing) && !corrects(closing, other));
}

function sameCounts(a: SevenCounts, b: SevenCounts): boolean {
	return (Object.keys(a) as (keyof SevenCounts)[]).every((name) => a[name] === b[name]);
}

/** All valid ballots, also the unlisted, counted among everybody on the roll who voted or was present. */
function wouldChange(
	ledger: LedgerReader,
	blobs: BlobSource,
	poll: Poll,
	electorate: Electorate,
	box: BallotBox,
	decision: Decision,
): boolean {
	const absent = box.faulty.filter(({ fault }) => fault === 'voter-absent').flatMap(({ voter }) => voter ?? []);
	const widened = electorate.present && { ...electorate, present: new Set([...electorate.present, ...absent]) };
	const everything = openBallotBox(ledger, blobs, poll, widened ?? electorate);
	const all = tally(widened ?? electorate, everything.ballots, everything.hands);
	return decide(poll.rule, all.counts).outcome !== decision.outcome;
}
