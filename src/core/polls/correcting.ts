import type { MemberId, RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import type { Standing } from '../validity/standing.ts';
import { keeperOf, openBallotBox, type BallotBox, type BoxKeeper } from './ballot-box.ts';
import { countBox } from './counting.ts';
import { electorateOf, type Electorate } from './electorate.ts';
import { supersededBy } from './reducer.ts';
import { sealsOf } from './seals.ts';
import type { Closing, Poll } from './state.ts';
import type { Tally } from './tally.ts';
import { CAST_TYPES } from './weightless.ts';

/**
 * LEDGER 4.5: a correction lists what the first closing did, what a station sealed, and what mends these: a ballot that
 * resolves a conflict, a hand count in place of another. What else is new could have been cast once the count was known.
 * Where nobody was named to seal, the tellers who certify are the only witnesses, and anything may be listed.
 */
export function listedByCorrection(
	keeper: BoxKeeper,
	poll: Poll,
	electorate: Electorate,
	earlier: Closing,
): (id: RecordId) => boolean {
	const before = listedAtFirst(keeper, poll, earlier);
	if (!before || poll.stations.length === 0) return () => true;
	const sealed = sealsOf(keeper, poll).flatMap(({ list }) => list ?? []);
	const witnessed = new Set([...before, ...sealed]);
	const resolving = resolvingBallots(keeper, poll, electorate, witnessed);
	return (id) => witnessed.has(id) || resolving.has(id) || replacesHands(keeper, witnessed, id);
}

/** What the first of a line of closings listed; undefined while its list is not held. */
export function listedAtFirst(keeper: BoxKeeper, poll: Poll, closing: Closing): readonly RecordId[] | undefined {
	const line = [closing.id, ...supersededBy(poll.closings, closing)];
	const first = line.flatMap((name) => poll.closings.find(({ id }) => id === name) ?? []).at(-1);
	return first && decodeIdList<RecordId>(keeper.blobs(first.list));
}

/** Those of a unit whose ballots say different things, in place of some of these. */
function resolvingBallots(
	keeper: BoxKeeper,
	poll: Poll,
	electorate: Electorate,
	witnessed: ReadonlySet<RecordId>,
): ReadonlySet<RecordId> {
	const { conflicts } = countBox(poll, electorate, openBallotBox(keeper, poll, electorate, witnessed));
	const torn = new Set(conflicts);
	const { ballots } = openBallotBox(keeper, poll, electorate);
	const resolving = ballots.filter(({ unit, replaces }) => torn.has(unit) && replaces.some((id) => witnessed.has(id)));
	return new Set(resolving.map(({ id }) => id));
}

/** Directly, or through others in between. */
function replacesHands(keeper: BoxKeeper, witnessed: ReadonlySet<RecordId>, id: RecordId): boolean {
	const replaced = keeper.ledger.find(id, 'hand.count')?.body.replaces ?? [];
	return replaced.some((one) => witnessed.has(one) || replacesHands(keeper, witnessed, one));
}

/** POLL-13: what a closer would list and declare in place of an earlier closing. */
export function countAnew(
	standing: Standing,
	poll: Poll,
	earlier: Closing,
	present: readonly MemberId[] | undefined,
): { readonly ids: readonly RecordId[]; readonly tally: Tally; readonly box: BallotBox } {
	const [keeper, electorate] = [keeperOf(standing), electorateOf(poll, present)];
	const box = openCorrectedBox(keeper, poll, electorate, listedByCorrection(keeper, poll, electorate, earlier));
	const ids = [...box.ballots, ...box.hands].map(({ id }) => id);
	return { ids, tally: countBox(poll, electorate, box), box };
}

/** What a correction may not list neither voids nor replaces what it may. */
export function openCorrectedBox(
	keeper: BoxKeeper,
	poll: Poll,
	electorate: Electorate,
	mayList: (id: RecordId) => boolean,
): BallotBox {
	const cast = CAST_TYPES.flatMap((type) => keeper.ledger.citing(poll.id, type).map(({ id }) => id));
	return openBallotBox(keeper, poll, electorate, new Set(cast.filter(mayList)));
}
