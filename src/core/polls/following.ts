import type { PollId } from '../kernel/ids.ts';
import type { Poll } from './state.ts';

/** What a vote that follows another one asks: again among the options that lead, or whether to keep what was chosen. */
export type FollowUp =
	{ readonly as: 'run-off'; readonly options: readonly string[] } | { readonly as: 'keep'; readonly chosen: string };

/**
 * CHOICE-4, CHOICE-5: what can be asked after a choice is certified. A tie goes to the tied; where one option led and
 * too few wanted it, those with the two highest counts are asked about again, unless that leaves out nothing.
 */
export function followUpOf({ form, options, standing }: Poll): FollowUp | undefined {
	const leader = standing?.decision.leader;
	if (form === 'motion' || !standing || !leader || leader.votes === 0) return undefined;
	const { outcome } = standing.decision;
	const named = (chosen: readonly number[]) => chosen.map((index) => options[index] ?? '');
	if (outcome === 'tied') return { as: 'run-off', options: named(leader.options) };
	if (outcome === 'passed') return { as: 'keep', chosen: named(leader.options)[0] ?? '' };
	const ahead = twoHighest(standing.declared.rounds?.at(-1) ?? []);
	const narrows = outcome === 'not-passed' && ahead.length < options.length;
	return narrows ? { as: 'run-off', options: named(ahead) } : undefined;
}

/** The indexes of the options with the two highest counts. */
function twoHighest(votes: readonly number[]): readonly number[] {
	const [, second = 0] = [...new Set(votes)].sort((a, b) => b - a);
	return [...votes.keys()].filter((option) => (votes[option] ?? 0) >= Math.max(second, 1));
}

/** The votes on a topic that led to this one, the first one first. */
export function leadingTo(polls: ReadonlyMap<PollId, Poll>, { topic, follows }: Poll): readonly Poll[] {
	const before = follows && polls.get(follows.poll);
	return before?.topic === topic ? [...leadingTo(polls, before), before] : [];
}
