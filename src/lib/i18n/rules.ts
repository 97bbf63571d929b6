import { decide, type Arithmetic, type Decision } from '#core/polls/decision.ts';
import type { Counts, Measure } from '#core/polls/counts.ts';
import type { Base, DecisionRule, Threshold } from '#core/polls/rule.ts';
import { currentLocale } from './locale.ts';
import { m } from './paraglide/messages.js';

const BASES: Readonly<Record<Measure, Readonly<Record<Base, () => string>>>> = {
	units: {
		...{ eligible: m.rule_base_eligible, present: m.rule_base_present },
		...{ cast: m.rule_base_cast, expressed: m.rule_base_expressed },
	},
	heads: {
		...{ eligible: m.rule_heads_eligible, present: m.rule_heads_present },
		...{ cast: m.rule_heads_cast, expressed: m.rule_heads_expressed },
	},
	area: {
		...{ eligible: m.rule_area_eligible, present: m.rule_area_present },
		...{ cast: m.rule_area_cast, expressed: m.rule_area_expressed },
	},
};
const CHINESE_DIGITS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const ENGLISH_PARTS: Readonly<Record<string, string>> = {
	'1/2': 'half',
	'1/3': 'one third',
	'2/3': 'two thirds',
	'1/4': 'one quarter',
	'3/4': 'three quarters',
};

/** 应到人员三分之二以上参加才有效，到会人员过半数同意才通过。 */
export function ruleSentence(rule: DecisionRule): string {
	if (rule.quorum.length === 0) return passSentence(rule);
	return m.rule_whole({ quorum: quorumWords(rule.quorum), pass: passWords(rule.pass) });
}

/** 到会人员过半数同意。 */
export const passSentence = ({ pass }: Pick<DecisionRule, 'pass'>): string =>
	m.rule_sentence({ words: passWords(pass) });

/** 应到人员三分之二以上参加。 */
export const quorumSentence = ({ quorum }: Pick<DecisionRule, 'quorum'>): string =>
	m.rule_sentence({ words: quorumWords(quorum) });

/** How many must take part and agree, as far as the counts say by now. */
export function needSentence(ruleOrDecision: DecisionRule | Decision, counts: Counts): string {
	const decision = 'outcome' in ruleOrDecision ? ruleOrDecision : decide(ruleOrDecision, counts);
	const [quorum, pass] = [neededBy(decision.quorum), neededBy(decision.pass)];
	if (quorum === undefined) return pass === undefined ? m.rule_need_unknown() : m.rule_need_pass({ pass });
	if (pass === undefined) return m.rule_need_quorum({ quorum });
	return m.rule_need({ quorum, pass });
}

const passWords = (thresholds: readonly Threshold[]): string => joined(thresholds, m.rule_pass);
const quorumWords = (thresholds: readonly Threshold[]): string => joined(thresholds, m.rule_quorum);

function joined(thresholds: readonly Threshold[], words: (parts: { base: string; share: string }) => string): string {
	const parts = thresholds.map((threshold) => words({ base: baseWord(threshold), share: shareOf(threshold) }));
	return parts.join(m.rule_and());
}

/** 到会人员. */
export const baseWord = ([measure, base]: Threshold): string => BASES[measure][base]();

/** 过半数 · 三分之二以上 · 全体; more than half · at least two thirds. */
export function shareOf([, , num, den, op]: Threshold): string {
	if (num === den) return m.rule_share_all();
	if (op === '>' && num * 2 === den) return m.rule_share_majority();
	const fraction = fractionOf(num, den);
	return op === '>' ? m.rule_share_above({ fraction }) : m.rule_share_at_least({ fraction });
}

function fractionOf(num: number, den: number): string {
	if (currentLocale() === 'en') return ENGLISH_PARTS[`${num}/${den}`] ?? `${num}/${den}`;
	const [over, under] = [CHINESE_DIGITS[num], CHINESE_DIGITS[den]];
	return over === undefined || under === undefined ? `${num}/${den}` : `${under}分之${over}`;
}

/** How many voting units it takes for all of these that count units; undefined while one is not known. */
export function neededBy(arithmetic: readonly Arithmetic[]): number | undefined {
	const needed = arithmetic.filter(({ threshold }) => threshold[0] === 'units').map((one) => one.needed);
	const known = needed.filter((count) => count !== undefined);
	return known.length === 0 || known.length < needed.length ? undefined : Math.max(...known);
}
