import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { Choice, SevenCounts } from './records.ts';

/** A ballot reduced to what counting needs. */
export interface CountedBallot {
	readonly id: RecordId;
	readonly voter: MemberId;
	readonly choice: Choice;
	readonly replaces: readonly RecordId[];
}
/** A cosigned hand count, its voters known. */
export interface CountedHands {
	readonly id: RecordId;
	readonly voters: readonly MemberId[];
	readonly counts: Readonly<Record<Choice | 'spoiled', number>>;
}
/** Who may be counted: the roll, and those present where the rule counts only them. */
export interface Electorate {
	readonly roll: ReadonlySet<MemberId>;
	/** undefined where everybody on the roll counts. */
	readonly present: ReadonlySet<MemberId> | undefined;
}
export interface Tally {
	readonly counts: SevenCounts;
	/** Voters whose remaining ballots say different things: void and listed. */
	readonly conflicts: readonly MemberId[];
	/** Voters with a ballot who were also counted by hand: the ballot is void, the hand count stands. */
	readonly countedTwice: readonly MemberId[];
}

type Verdict = Choice | 'conflict';

/** POLL-8, LEDGER 4 "Tally": counts from scratch. Ballots and hand counts are already judged (on the roll, present). */
export function tally(
	electorate: Electorate,
	ballots: readonly CountedBallot[],
	hands: readonly CountedHands[],
): Tally {
	const byHand = new Set(hands.flatMap(({ voters }) => voters));
	const verdicts = verdictsByVoter(ballots);
	const counted = [...verdicts].filter(([voter]) => !byHand.has(voter));
	const count = (wanted: Verdict) => counted.filter(([, verdict]) => verdict === wanted).length;
	const byHandOf = (choice: Choice | 'spoiled') => hands.reduce((sum, { counts }) => sum + counts[choice], 0);
	return {
		counts: sevenCounts(electorate, {
			approve: count('approve') + byHandOf('approve'),
			reject: count('reject') + byHandOf('reject'),
			abstain: count('abstain') + byHandOf('abstain'),
			spoiled: count('conflict') + byHandOf('spoiled'),
		}),
		conflicts: counted.filter(([, verdict]) => verdict === 'conflict').map(([voter]) => voter),
		countedTwice: [...verdicts.keys()].filter((voter) => byHand.has(voter)),
	};
}

/** POLL-5: 同意+反对+弃权+废票+未投 add up to those who could be counted: the present, or everybody on the roll. */
function sevenCounts(electorate: Electorate, votes: Readonly<Record<Choice | 'spoiled', number>>): SevenCounts {
	const eligible = electorate.roll.size;
	const handedIn = votes.approve + votes.reject + votes.abstain + votes.spoiled;
	const base = electorate.present?.size ?? eligible;
	return { eligible, present: electorate.present?.size ?? handedIn, ...votes, notVoted: base - handedIn };
}

function verdictsByVoter(ballots: readonly CountedBallot[]): Map<MemberId, Verdict> {
	const byVoter = new Map<MemberId, CountedBallot[]>();
	for (const ballot of ballots) byVoter.set(ballot.voter, [...(byVoter.get(ballot.voter) ?? []), ballot]);
	return new Map([...byVoter].map(([voter, own]) => [voter, verdictOf(own)]));
}

/** Leaves are the ballots that no other of the same voter replaces. All alike count once; different ones conflict. */
function verdictOf(own: readonly CountedBallot[]): Verdict {
	const replaced = new Set(own.flatMap(({ replaces }) => replaces));
	const choices = new Set(own.filter(({ id }) => !replaced.has(id)).map(({ choice }) => choice));
	const [only] = choices;
	return choices.size === 1 && only ? only : 'conflict';
}
