import { groupBy } from '../kernel/group.ts';
import type { MemberId, RecordId } from '../kernel/ids.ts';
import { MEASURES, type Counts, type Measure, type SevenCounts } from './counts.ts';
import { presentUnits, unitFor, weightOf, type Electorate } from './electorate.ts';
import type { PaperChoice } from './records.ts';
import type { RollUnit } from './roll.ts';

/** A ballot reduced to what counting needs. */
export interface CountedBallot {
	readonly id: RecordId;
	/** The voting unit of the roll it is for. */
	readonly unit: string;
	/** Whose vote it is: of a proxy ballot, whoever gave the proxy. */
	readonly voter: MemberId;
	/** The proxy's holder; undefined when the voter cast it, or it is the voter's paper. */
	readonly holder: MemberId | undefined;
	readonly choice: PaperChoice;
	/** Options picked, by index; empty but in a choice. */
	readonly picks: readonly number[];
	readonly replaces: readonly RecordId[];
}
/** A cosigned hand count, its voters known. */
export interface CountedHands {
	readonly id: RecordId;
	readonly voters: readonly MemberId[];
	readonly counts: Readonly<Record<PaperChoice, number>>;
}
export interface Tally {
	readonly counts: Counts;
	/** Units whose remaining ballots say different things: void and listed. */
	readonly conflicts: readonly string[];
	/** Units with a ballot that were also counted by hand: the ballot is void, the hand count stands. */
	readonly countedTwice: readonly string[];
	/** What each unit said that counts, hands left out. */
	readonly verdicts: ReadonlyMap<string, Verdict>;
}
export interface Verdict {
	readonly choice: PaperChoice | 'conflict';
	readonly picks: readonly number[];
}

/** POLL-8, LEDGER 4 "Tally": counts from scratch. Ballots and hand counts are already judged (on the roll, present). */
export function tally(
	electorate: Electorate,
	ballots: readonly CountedBallot[],
	hands: readonly CountedHands[],
): Tally {
	const byHand = new Set(hands.flatMap(({ voters }) => voters.map((voter) => unitFor(electorate, voter))));
	const all = new Map([...groupBy(ballots, ({ unit }) => unit)].map(([unit, own]) => [unit, verdictOf(own)]));
	const verdicts = new Map([...all].filter(([unit]) => !byHand.has(unit)));
	return {
		counts: countsOf(electorate, verdicts, hands),
		conflicts: [...verdicts].filter(([, { choice }]) => choice === 'conflict').map(([unit]) => unit),
		countedTwice: [...all.keys()].filter((unit) => byHand.has(unit)),
		verdicts,
	};
}

function countsOf(
	electorate: Electorate,
	verdicts: ReadonlyMap<string, Verdict>,
	hands: readonly CountedHands[],
): Counts {
	const one = (measure: Measure) => {
		const weigh = (units: readonly RollUnit[]) => units.reduce((sum, unit) => sum + weightOf(unit)[measure], 0);
		const of = (wanted: Verdict['choice']) =>
			weigh([...electorate.units.values()].filter(({ unit }) => verdicts.get(unit)?.choice === wanted));
		// Hands are counted only where every unit has one head and no area.
		const shown = (choice: PaperChoice) =>
			measure === 'area' ? 0 : hands.reduce((sum, { counts }) => sum + counts[choice], 0);
		const votes = {
			approve: of('approve') + shown('approve'),
			reject: of('reject') + shown('reject'),
			abstain: of('abstain') + shown('abstain'),
			spoiled: of('spoiled') + of('conflict') + shown('spoiled'),
		};
		const present = electorate.present && weigh(presentUnits(electorate));
		return sevenCounts(weigh([...electorate.units.values()]), present, votes);
	};
	return Object.fromEntries(MEASURES.map((measure) => [measure, one(measure)])) as Record<Measure, SevenCounts>;
}

/** POLL-5: 同意+反对+弃权+废票+未投 add up to those who could be counted: the present, or everybody on the roll. */
function sevenCounts(
	eligible: number,
	present: number | undefined,
	votes: Readonly<Record<PaperChoice, number>>,
): SevenCounts {
	const handedIn = votes.approve + votes.reject + votes.abstain + votes.spoiled;
	return { eligible, present: present ?? handedIn, ...votes, notVoted: (present ?? eligible) - handedIn };
}

/**
 * POLL-16: what the unit's own people cast beats what a proxy's holder did. Leaves are the ballots that no other of the
 * same voter replaces; all alike count once, different ones conflict.
 */
function verdictOf(cast: readonly CountedBallot[]): Verdict {
	const own = cast.filter(({ holder }) => holder === undefined);
	const heard = own.length > 0 ? own : cast;
	const leaves = [...groupBy(heard, ({ voter }) => voter).values()].flatMap(leavesOf);
	const [first] = leaves;
	const agree = first && leaves.every((leaf) => saysTheSame(leaf, first));
	return agree ? { choice: first.choice, picks: first.picks } : { choice: 'conflict', picks: [] };
}

function leavesOf(ofOneVoter: readonly CountedBallot[]): readonly CountedBallot[] {
	const replaced = new Set(ofOneVoter.flatMap(({ replaces }) => replaces));
	return ofOneVoter.filter(({ id }) => !replaced.has(id));
}

function saysTheSame(a: Verdict, b: Verdict): boolean {
	return a.choice === b.choice && a.picks.join() === b.picks.join();
}
