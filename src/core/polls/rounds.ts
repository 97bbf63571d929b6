import type { Measure } from './counts.ts';
import type { PollForm } from './records.ts';

/** The options that lead the last round, by index, and the votes each of them has. */
export interface Leader {
	readonly options: readonly number[];
	readonly votes: number;
}
/** One voting unit's picks and what it weighs. */
export interface Picks {
	readonly picks: readonly number[];
	readonly weight: Readonly<Record<Measure, number>>;
}

export function leaderOf(rounds: readonly (readonly number[])[]): Leader {
	const last = rounds.at(-1) ?? [];
	const votes = Math.max(0, ...last);
	return { votes, options: [...last.keys()].filter((option) => last[option] === votes) };
}

/**
 * POLL-20: the votes of every option, round by round. One or any number of picks are added up in a single round. Of
 * ranked ballots each counts for the best liked option that is still in; all options that are last together go out,
 * until one has more than half of what still counts, or those left are level.
 */
export function countRounds(form: PollForm, options: number, cast: readonly Picks[], measure: Measure): number[][] {
	if (form !== 'ranked') return [addUp(options, cast, ({ picks }) => picks, measure)];
	const rounds: number[][] = [];
	let left: readonly number[] = [...Array(options).keys()];
	for (;;) {
		const remaining = new Set(left);
		const firstOf = ({ picks }: Picks) => picks.filter((pick) => remaining.has(pick)).slice(0, 1);
		const votes = addUp(options, cast, firstOf, measure);
		rounds.push(votes);
		const next = survivors(left, votes);
		if (next.length === left.length || next.length === 0) return rounds;
		left = next;
	}
}

/** Who goes on to another round: nobody new once one has more than half, or once all are level. */
function survivors(left: readonly number[], votes: readonly number[]): readonly number[] {
	const own = left.map((option) => votes[option] ?? 0);
	const all = own.reduce((sum, count) => sum + count, 0);
	if (own.some((count) => count * 2 > all)) return left;
	const fewest = Math.min(...own);
	return left.filter((option) => (votes[option] ?? 0) > fewest);
}

function addUp(
	options: number,
	cast: readonly Picks[],
	counted: (picks: Picks) => readonly number[],
	measure: Measure,
): number[] {
	const votes = Array.from({ length: options }, () => 0);
	for (const ballot of cast)
		for (const option of counted(ballot)) votes[option] = (votes[option] ?? 0) + ballot.weight[measure];
	return votes;
}
