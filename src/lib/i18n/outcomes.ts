import type { Arithmetic, Decision, Outcome } from '#core/polls/decision.ts';
import { figure, type Counts, type Measure } from '#core/polls/counts.ts';
import { currentLocale } from './locale.ts';
import { m } from './paraglide/messages.js';
import { neededBy } from './rules.ts';

const OUTCOMES: Readonly<Record<Outcome, () => string>> = {
	passed: m.rule_outcome_passed,
	'not-passed': m.rule_outcome_not_passed,
	'not-quorate': m.rule_outcome_not_quorate,
	'no-result': m.rule_outcome_no_result,
	tied: m.rule_outcome_tied,
};
const OUTCOME_TAGS: Readonly<Record<Outcome, () => string>> = {
	passed: m.rule_tag_passed,
	'not-passed': m.rule_tag_not_passed,
	'not-quorate': m.rule_tag_not_quorate,
	'no-result': m.rule_tag_no_result,
	tied: m.rule_tag_tied,
};

const MEASURE_WORDS: Readonly<Record<Measure, () => string>> = {
	units: m.rule_measure_units,
	heads: m.rule_measure_heads,
	area: m.rule_measure_area,
};

/** 通过。 */
export const outcomeSentence = (outcome: Outcome): string => OUTCOMES[outcome]();
/** 通过, as a tag. */
export const outcomeTag = (outcome: Outcome): string => OUTCOME_TAGS[outcome]();

/** 应到 21 人，实到 17 人，同意 14 人。 */
export function countsSentence(decision: Decision, counts: Counts, presentOnly: boolean): string {
	const { eligible, present, approve } = counts.units;
	if (decision.outcome === 'not-quorate') {
		const needed = neededBy(decision.quorum) ?? 0;
		return presentOnly
			? m.rule_counts_too_few_present({ eligible, present, needed })
			: m.rule_counts_too_few_voted({ eligible, present, needed });
	}
	const words = presentOnly ? m.rule_counts_present : m.rule_counts_voted;
	return words({ eligible, present, approve });
}

/** Between two sentences: nothing in Chinese, where the full stop is as wide as a character. */
export const sentenceGap = (): string => (currentLocale() === 'en' ? ' ' : '');

/** 14 × 2 = 28，大于 17 × 1 = 17。 */
export function arithmeticSentence({ threshold, numerator, denominator }: Arithmetic): string {
	const [measure, , num, den] = threshold;
	const [left, right] = [BigInt(numerator) * BigInt(den), BigInt(denominator) * BigInt(num)];
	const words = left > right ? m.rule_sum_more : left === right ? m.rule_sum_equal : m.rule_sum_less;
	const sides = { numerator: figure(measure, numerator), left: figure(measure, left), den, num };
	return words({ ...sides, denominator: figure(measure, denominator), right: figure(measure, right) });
}

/** 专有面积（平方米）。 */
export const measureWord = (measure: Measure): string => MEASURE_WORDS[measure]();
