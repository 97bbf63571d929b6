import type { MemberId, RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import { stateHash } from '../ledger/state-hash.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Standing } from '../validity/standing.ts';
import { keeperOf, openBallotBox, type BallotBox, type BoxKeeper, type FaultyRecord } from './ballot-box.ts';
import { countBox } from './counting.ts';
import { sameCounts } from './counts.ts';
import { decide, type Decision } from './decision.ts';
import { defectsOf, type Defect, type Recount } from './defects.ts';
import { electorateOf, presentMembers, type Electorate } from './electorate.ts';
import { fromNewDevices } from './new-devices.ts';
import { uncitedSeals, type StandingSeal } from './seals.ts';
import type { Closing, Poll } from './state.ts';
import type { Tally } from './tally.ts';
import { castWithoutRight } from './weightless.ts';

export interface Audit {
	readonly closing: RecordId;
	readonly certified: boolean;
	readonly recount: 'agrees' | 'differs';
	/** The recounted tally, whatever was declared. */
	readonly tally: Tally;
	readonly decision: Decision;
	/** Valid ballots and hand counts that the closing does not list; of these, those that a station sealed. */
	readonly late: readonly RecordId[];
	readonly lateSealed: readonly RecordId[];
	/** Void only through the revocations that the closing names. */
	readonly revoked: readonly RecordId[];
	/** Counted, from a device that somebody else added after the opening. */
	readonly newDevice: readonly RecordId[];
	/** Seals that stand and that the closing does not cite. */
	readonly uncited: readonly RecordId[];
	/** Held in the scope but without weight, with the reason. */
	readonly faulty: readonly FaultyRecord[];
	readonly defects: readonly Defect[];
	/** POLL-12: would the outcome be another one if late, absent and revoked ballots counted? */
	readonly material: boolean;
}

/** POLL-11: recounts a closing in its own view, from the scope that is held here. Changes nothing in structure. */
export function auditClosing(standing: Standing, poll: Poll, closing: Closing): Audit {
	const keeper = keeperOf(standing, closing.revs);
	const recount = recountOf(keeper, poll, closing);
	const { counted, recounted, electorate } = recount;
	const everything = openEverything(standing, poll, electorate);
	const decision = decide(poll.rule, recounted.counts);
	return {
		...{ closing: closing.id, certified: closing.certified, tally: recounted, decision },
		recount: sameCounts(recounted.counts, closing.declared) ? 'agrees' : 'differs',
		...leftOut(recount, everything, uncitedSeals(keeper, poll, closing), castWithoutRight(standing, poll)),
		newDevice: fromNewDevices(keeper, poll, counted.ballots),
		defects: defectsOf(keeper, poll, closing, recount),
		material: wouldChange(poll, electorate, everything, decision),
	};
}

function recountOf(keeper: BoxKeeper, poll: Poll, closing: Closing): Recount {
	const electorate = electorateOf(poll, presentMembers(keeper, closing));
	const list = decodeIdList<RecordId>(keeper.blobs(closing.list));
	const listed = list && new Set(list);
	const box = openBallotBox(keeper, poll, electorate);
	const counted = openBallotBox(keeper, poll, electorate, listed ?? new Set());
	return { box, counted, recounted: countBox(poll, electorate, counted), electorate, listed };
}

/** What is held in the scope and was not counted, and why. */
function leftOut(
	{ box, counted, listed }: Recount,
	everything: BallotBox,
	uncited: readonly StandingSeal[],
	withoutRight: readonly FaultyRecord[],
): Pick<Audit, 'late' | 'lateSealed' | 'revoked' | 'uncited' | 'faulty'> {
	const unlisted = ({ id }: Item) => !listed?.has(id);
	const late = idsOf([...box.ballots, ...box.hands].filter(unlisted));
	const sealed = new Set(uncited.flatMap(({ list = [] }) => list));
	const revoked = new Set(revokedIn(box, everything));
	return {
		...{ late, revoked: [...revoked], uncited: idsOf(uncited) },
		lateSealed: late.filter((id) => sealed.has(id)),
		faulty: [
			...[...counted.faulty, ...box.faulty.filter(unlisted)].filter(({ id }) => !revoked.has(id)),
			...withoutRight,
		],
	};
}

type Item = { readonly id: RecordId };
const idsOf = (items: readonly Item[]): readonly RecordId[] => items.map(({ id }) => id);

/** What the closer would list and declare now: every record of the scope that may be counted. */
export function countNow(
	standing: Standing,
	poll: Poll,
	present: readonly MemberId[] | undefined,
): { readonly ids: readonly RecordId[]; readonly tally: Tally; readonly box: BallotBox } {
	const electorate = electorateOf(poll, present);
	const box = openBallotBox(keeperOf(standing), poll, electorate);
	const ids = [...box.ballots, ...box.hands].map(({ id }) => id);
	return { ids, tally: countBox(poll, electorate, box), box };
}

/** FOLD-3: the state hash of one poll's scope: equal where the same ballots, hand counts and cosigns are held. */
export function scopeHash(ledger: Ledger, standing: Standing, poll: Poll): string {
	const everybody = electorateOf({ ...poll, presentOnly: false });
	const box = openBallotBox({ ...keeperOf(standing), ledger }, poll, everybody);
	return stateHash({ ids: ledger.idsOf(poll.id), box });
}

/** LEDGER 4.6: everything that was cast, also by those who are absent, and under no revocation at all. */
function openEverything(standing: Standing, poll: Poll, electorate: Electorate): BallotBox {
	return openBallotBox(keeperOf(standing, []), poll, { ...electorate, present: undefined });
}

/** LEDGER 4.6: so that nobody is disenfranchised invisibly. */
function revokedIn(box: BallotBox, everything: BallotBox): readonly RecordId[] {
	const absent = box.faulty.filter(({ fault }) => fault === 'voter-absent');
	const known = new Set([...idsOf([...box.ballots, ...box.hands, ...absent]), ...box.replaced]);
	return idsOf([...everything.ballots, ...everything.hands]).filter((id) => !known.has(id));
}

/** Counts also what is late, absent or revoked, among those who came or voted. */
function wouldChange(poll: Poll, electorate: Electorate, everything: BallotBox, decision: Decision): boolean {
	const voters = [
		...everything.ballots.map(({ voter }) => voter),
		...everything.hands.flatMap((hands) => hands.voters),
	];
	const present = electorate.present && new Set([...electorate.present, ...voters]);
	return decide(poll.rule, countBox(poll, { ...electorate, present }, everything).counts).outcome !== decision.outcome;
}
