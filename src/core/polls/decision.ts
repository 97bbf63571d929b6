import type { Base, MajorityRule, SevenCounts, Threshold } from './records.ts';

/** One threshold worked out: numerator · den op base · num, in integers (RULES B.0). */
export interface Arithmetic {
	readonly threshold: Threshold;
	readonly numerator: number;
	readonly denominator: number;
	/** The smallest numerator that would reach it; undefined over an empty base. */
	readonly needed: number | undefined;
	readonly reached: boolean;
}

/** `no-result`: a base is empty, which is never "passed" (RULE-3). */
export type Outcome = 'passed' | 'not-passed' | 'not-quorate' | 'no-result';

export interface Decision {
	readonly outcome: Outcome;
	readonly quorum: readonly Arithmetic[];
	readonly pass: readonly Arithmetic[];
}

/** RULE-1..4: the frozen rule applied to seven counts. Exact integers; no floats, no percentages, no rounding. */
export function decide(rule: MajorityRule, counts: SevenCounts): Decision {
	const quorum = rule.quorum.map((threshold) => workOut(threshold, counts.present, counts));
	const pass = rule.pass.map((threshold) => workOut(threshold, counts.approve, counts));
	return { outcome: outcomeOf(quorum, pass), quorum, pass };
}

function outcomeOf(quorum: readonly Arithmetic[], pass: readonly Arithmetic[]): Outcome {
	if (quorum.some(({ denominator }) => denominator === 0)) return 'no-result';
	if (!quorum.every(({ reached }) => reached)) return 'not-quorate';
	if (pass.length === 0 || pass.some(({ denominator }) => denominator === 0)) return 'no-result';
	return pass.every(({ reached }) => reached) ? 'passed' : 'not-passed';
}

function workOut(threshold: Threshold, numerator: number, counts: SevenCounts): Arithmetic {
	const [base, num, den, op] = threshold;
	const denominator = baseOf(base, counts);
	const [left, right] = [BigInt(numerator) * BigInt(den), BigInt(denominator) * BigInt(num)];
	// RULES B.8: nobody for it never passes, not even under a threshold of nothing.
	const reached = denominator > 0 && numerator > 0 && (op === '>=' ? left >= right : left > right);
	return { threshold, numerator, denominator, needed: neededFor(threshold, denominator), reached };
}

/** RULE-2: `>1/2` of N is ⌊N/2⌋+1; `≥2/3` is ⌈2N/3⌉. */
export function neededFor([, num, den, op]: Threshold, denominator: number): number | undefined {
	if (denominator === 0) return undefined;
	const [share, parts] = [BigInt(denominator) * BigInt(num), BigInt(den)];
	return Number(op === '>' ? share / parts + 1n : (share + parts - 1n) / parts);
}

/** LEDGER 4: cast = who handed a ballot in, spoiled ones included; expressed = for and against only. */
function baseOf(base: Base, { eligible, present, approve, reject, abstain, spoiled }: SevenCounts): number {
	if (base === 'eligible') return eligible;
	if (base === 'present') return present;
	return base === 'cast' ? approve + reject + abstain + spoiled : approve + reject;
}
