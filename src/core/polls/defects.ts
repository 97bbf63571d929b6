import type { RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import { authorMember } from '../roster/authorship.ts';
import { presentMembers } from './audit.ts';
import type { BallotBox, BoxKeeper } from './ballot-box.ts';
import { sameCounts } from './counts.ts';
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
	| 'closer-closed-twice';

/** A closing beside the scope it was counted from. */
export interface Recount {
	/** Everything that may be counted, and only what the closing lists of it. */
	readonly box: BallotBox;
	readonly counted: BallotBox;
	readonly recounted: Tally;
	readonly listed: readonly RecordId[] | undefined;
}

/** POLL-24: recomputed by everybody who holds the scope. */
export function defectsOf(keeper: BoxKeeper, poll: Poll, closing: Closing, recount: Recount): readonly Defect[] {
	const { counted, recounted, listed } = recount;
	const sound = [...counted.ballots, ...counted.hands, ...counted.replaced];
	const cited = sealsOf(keeper, poll).filter(({ id }) => closing.seals.includes(id));
	const found: Record<Defect, boolean> = {
		'blob-missing': listed === undefined || poll.groups === undefined || cited.some(({ list }) => !list),
		'lists-invalid-or-missing': listed?.length !== sound.length,
		'omits-sealed-ballot': omits(recount, new Set(cited.flatMap(({ list }) => list ?? []))),
		'omits-receipted-ballot': omits(recount, receiptedByCloser(keeper, poll, closing)),
		'declared-counts-differ': !sameCounts(recounted.counts, closing.declared),
		'counted-by-hand-and-device': recounted.countedTwice.length > 0,
		'seal-missing': cited.length < closing.seals.length,
		'attendance-missing': poll.presentOnly && presentMembers(keeper, closing) === undefined,
		'station-unaccounted': stationsUnaccounted(keeper, poll, closing).length > 0,
		'corrects-too-much': correctsTooMuch(keeper, poll, closing, recount),
		'closer-closed-twice': closedTwice(poll, closing),
	};
	return (Object.keys(found) as Defect[]).filter((defect) => found[defect]);
}

/** Leaves out something that may be counted, though the closer could not but know of it. */
function omits({ box, listed = [] }: Recount, known: ReadonlySet<RecordId>): boolean {
	return [...box.ballots, ...box.hands].some(({ id }) => known.has(id) && !listed.includes(id));
}

/** The closer signed that he held these. */
function receiptedByCloser({ ledger }: BoxKeeper, poll: Poll, closing: Closing): ReadonlySet<RecordId> {
	const own = ledger
		.ofType('receipt')
		.filter((receipt) => receipt.scope === poll.id && authorMember(ledger, receipt) === closing.closer);
	return new Set(own.flatMap(({ body }) => body.ids));
}

/**
 * LEDGER 4.5: a correction adds what a station sealed, what replaces something that was listed, and hand counts that
 * replace others. What else is new to it could have been cast once the count was known. Where nobody was named to seal,
 * the tellers who certify are the only witnesses.
 */
function correctsTooMuch(keeper: BoxKeeper, poll: Poll, closing: Closing, { counted, listed = [] }: Recount): boolean {
	const earlier = poll.closings.find(({ id }) => id === closing.supersedes);
	const before = earlier && decodeIdList<RecordId>(keeper.blobs(earlier.list));
	if (!before || poll.stations.length === 0) return false;
	const sealed = new Set(sealsOf(keeper, poll).flatMap(({ list }) => list ?? []));
	const replacing = new Set(
		counted.ballots.filter(({ replaces }) => replaces.some((id) => before.includes(id))).map(({ id }) => id),
	);
	const isHands = (id: RecordId) => keeper.ledger.find(id, 'hand.count') !== undefined;
	return listed.some((id) => !before.includes(id) && !sealed.has(id) && !replacing.has(id) && !isHands(id));
}

function closedTwice(poll: Poll, closing: Closing): boolean {
	const others = poll.closings.filter(({ id, closer }) => id !== closing.id && closer === closing.closer);
	const corrects = (later: Closing, earlier: Closing) => supersededBy(poll.closings, later).includes(earlier.id);
	return others.some((other) => !corrects(other, closing) && !corrects(closing, other));
}
