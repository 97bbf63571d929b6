import type { RecordId } from '../kernel/ids.ts';
import { authorMember } from '../roster/authorship.ts';
import type { BallotBox, BoxKeeper } from './ballot-box.ts';
import { listedAtFirst, listedByCorrection, openCorrectedBox } from './correcting.ts';
import { sameCounts } from './counts.ts';
import { presentMembers, type Electorate } from './electorate.ts';
import { supersededBy } from './reducer.ts';
import { sealsOf, stationsUnaccounted } from './seals.ts';
import type { Closing, Poll } from './state.ts';
import type { Tally } from './tally.ts';

/** What everybody who holds the scope can see is wrong with a closing (LEDGER 4). */
export type Defect =
	| 'lists-invalid-or-missing'
	| 'omits-sealed-ballot'
	| 'omits-receipted-ballot'
	| 'declared-counts-differ'
	| 'counted-by-hand-and-device'
	| 'blob-missing'
	| 'seal-missing'
	| 'attendance-missing'
	| 'station-unaccounted'
	| 'corrects-too-much'
	| 'closer-closed-twice'
	| 'run-off-other-roll';

/** A closing beside the scope it was counted from. */
export interface Recount {
	/** Everything that may be counted, and only what the closing lists of it. */
	readonly box: BallotBox;
	readonly counted: BallotBox;
	readonly recounted: Tally;
	readonly electorate: Electorate;
	/** undefined while the list is not held. */
	readonly listed: ReadonlySet<RecordId> | undefined;
}

/** POLL-24: recomputed by everybody who holds the scope. */
export function defectsOf(keeper: BoxKeeper, poll: Poll, closing: Closing, recount: Recount): readonly Defect[] {
	const { counted, recounted, listed } = recount;
	const sound = [...counted.ballots, ...counted.hands, ...counted.replaced];
	const cited = sealsOf(keeper, poll).filter(({ id }) => closing.seals.includes(id));
	const found: Record<Defect, boolean> = {
		'blob-missing': [listed, poll.groups, poll.devices, ...cited.map(({ list }) => list)].includes(undefined),
		'lists-invalid-or-missing': listed?.size !== sound.length,
		'omits-sealed-ballot': omits(recount, new Set(cited.flatMap(({ list }) => list ?? []))),
		'omits-receipted-ballot': omits(recount, receiptedByCloser(keeper, poll, closing)),
		'declared-counts-differ': !sameCounts(recounted.counts, closing.declared),
		'counted-by-hand-and-device': recounted.countedTwice.length > 0,
		'seal-missing': cited.length < closing.seals.length,
		'attendance-missing': poll.presentOnly && presentMembers(keeper, closing) === undefined,
		'station-unaccounted': stationsUnaccounted(keeper, poll, closing).length > 0,
		'corrects-too-much': correctsTooMuch(keeper, poll, closing, recount),
		'closer-closed-twice': closedTwice(poll, closing),
		'run-off-other-roll': isOnOtherRoll(keeper, poll),
	};
	return (Object.keys(found) as Defect[]).filter((defect) => found[defect]);
}

/** Leaves out something that may be counted, though the closer could not but know of it. */
function omits({ box, listed }: Pick<Recount, 'box' | 'listed'>, known: ReadonlySet<RecordId>): boolean {
	return [...box.ballots, ...box.hands].some(({ id }) => known.has(id) && !listed?.has(id));
}

/** The closer signed that he held these. */
function receiptedByCloser({ ledger }: BoxKeeper, poll: Poll, closing: Closing): ReadonlySet<RecordId> {
	const inPoll = ledger.ofType('receipt').filter(({ scope }) => scope === poll.id);
	const own = inPoll.filter((receipt) => authorMember(ledger, receipt) === closing.closer);
	return new Set(own.flatMap(({ body }) => body.ids));
}

/** LEDGER 4.5: lists what a correction may not, or no longer what was listed and may still be counted. */
function correctsTooMuch(keeper: BoxKeeper, poll: Poll, closing: Closing, recount: Recount): boolean {
	const earlier = poll.closings.find(({ id }) => id === closing.supersedes);
	if (!earlier) return false;
	const { electorate, listed } = recount;
	const mayList = listedByCorrection(keeper, poll, electorate, earlier);
	const box = openCorrectedBox(keeper, poll, electorate, mayList);
	const before = new Set(listedAtFirst(keeper, poll, earlier));
	return omits({ box, listed }, before) || ![...(listed ?? [])].every(mayList);
}

/** CHOICE-7: who may decide between the tied must not be chosen once the first round is known. */
function isOnOtherRoll({ ledger }: BoxKeeper, { id, follows }: Poll): boolean {
	if (follows?.as !== 'run-off') return false;
	const [first, second] = [follows.poll, id].map((poll) => ledger.find(poll, 'poll.open')?.body.roll);
	return first !== undefined && first !== second;
}

function closedTwice(poll: Poll, closing: Closing): boolean {
	const others = poll.closings.filter(({ id, closer }) => id !== closing.id && closer === closing.closer);
	const corrects = (later: Closing, earlier: Closing) => supersededBy(poll.closings, later).includes(earlier.id);
	return others.some((other) => !corrects(other, closing) && !corrects(closing, other));
}
