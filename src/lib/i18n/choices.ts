import type { Counts } from '#core/polls/counts.ts';
import type { Decision } from '#core/polls/decision.ts';
import type { PollForm, UnitKind } from '#core/polls/records.ts';
import type { Base, DecisionRule, Threshold } from '#core/polls/rule.ts';
import type { Closing, Poll } from '#core/polls/state.ts';
import { countsSentence, outcomeSentence, outcomeTag, sentenceGap } from './outcomes.ts';
import { m } from './paraglide/messages.js';
import { baseWord, shareOf } from './rules.ts';

/** A vote that was counted: what a closing and a public document have in common. */
export interface CountedVote extends AskedVote {
	readonly presentOnly: boolean;
	readonly counts: Counts;
	readonly decision: Decision;
}
interface AskedVote {
	readonly form: PollForm;
	readonly options: readonly string[];
	readonly unit: UnitKind;
	readonly rule: DecisionRule;
}

export const countedVote = (poll: Poll, { declared, decision }: Closing): CountedVote => ({
	...poll,
	...{ counts: declared, decision },
});

/** 选定：公共区域卫生保洁。应有 3 票，投了 3 票，它得 2 票。 */
export function voteSentence(vote: CountedVote): string {
	const [outcome, counts] = voteSentences(vote);
	return m.rule_result({ outcome, counts });
}

/** What came of it, and the numbers it rests on. */
export function voteSentences(vote: CountedVote): readonly [outcome: string, counts: string] {
	const { form, unit, decision, counts, presentOnly } = vote;
	if (form !== 'motion') return [choiceOutcome(vote), choiceCounts(vote)];
	const outcome = outcomeSentence(decision.outcome);
	if (unit === 'member') return [outcome, countsSentence(decision, counts, presentOnly)];
	return [outcome, m.choice_counts_motion(counts.units)];
}

/** 选定, as a tag. */
export function voteTag({ form, decision }: Pick<CountedVote, 'form' | 'decision'>): string {
	return form !== 'motion' && decision.outcome === 'passed' ? m.choice_tag_chosen() : outcomeTag(decision.outcome);
}

/** 表了态的户过半数选了它。 */
export function passRule({ form, unit, rule }: AskedVote): string {
	const words = form === 'motion' ? m.rule_pass : m.choice_pass;
	const parts = rule.pass.map((threshold) => words({ base: baseFor(unit, threshold), share: shareOf(threshold) }));
	return m.rule_sentence({ words: parts.join(m.rule_and()) });
}

/** The bars of each round; who went out is left out of the rounds after, and what was chosen is ticked in the last. */
export function roundBars({ options, counts, decision }: Pick<CountedVote, 'options' | 'counts' | 'decision'>) {
	const rounds = counts.rounds ?? [];
	const chosen = decision.outcome === 'passed' ? decision.leader?.options : undefined;
	return rounds.map((votes, round) => ({
		title: rounds.length > 1 ? m.choice_round({ round: round + 1 }) : m.choice_votes(),
		bars: options
			.map((label, option) => {
				const isChosen = round === rounds.length - 1 && chosen?.includes(option);
				return { label, value: votes[option] ?? 0, ...(isChosen && { tone: 'agree' as const }) };
			})
			.filter(({ value }) => round === 0 || value > 0),
	}));
}

/** 停车秩序维护 2，公共区域卫生保洁 1。 Nothing of a motion; of several rounds each with its number. */
export function roundWords(vote: Pick<CountedVote, 'options' | 'counts' | 'decision'>): string {
	const rounds = roundBars(vote);
	const words = rounds.map(({ title, bars }) => {
		const votes = bars.map(({ label, value }) => m.choice_option_votes({ label, value })).join(m.list_comma());
		return m.choice_round_votes({ title, votes });
	});
	return words.map((one) => sentenceGap() + one).join('');
}

/** The names of the options that lead. */
const leadingNames = ({ options, decision }: Pick<CountedVote, 'options' | 'decision'>): string =>
	(decision.leader?.options ?? []).map((option) => options[option] ?? '').join(m.list_comma());

function choiceOutcome(vote: CountedVote): string {
	const { outcome } = vote.decision;
	if (outcome === 'passed') return m.choice_chosen({ names: leadingNames(vote) });
	if (outcome === 'tied') return m.choice_tied({ names: leadingNames(vote) });
	return outcome === 'not-passed' ? m.choice_none_enough() : outcomeSentence(outcome);
}

function choiceCounts({ decision, counts }: CountedVote): string {
	const { eligible, present } = counts.units;
	const votes = decision.leader?.votes ?? 0;
	if (decision.outcome === 'passed') return m.choice_counts_chosen({ eligible, present, votes });
	if (decision.outcome === 'tied') return m.choice_counts_tied({ eligible, present, votes });
	return m.choice_counts_most({ eligible, present, votes });
}

const HOUSEHOLDS: Readonly<Record<Base, () => string>> = {
	eligible: m.choice_households_eligible,
	present: m.choice_households_voted,
	cast: m.choice_households_voted,
	expressed: m.choice_households_expressed,
};

const baseFor = (unit: UnitKind, threshold: Threshold): string =>
	unit === 'household' ? HOUSEHOLDS[threshold[1]]() : baseWord(threshold);
