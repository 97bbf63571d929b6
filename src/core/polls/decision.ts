import type { Counts, SevenCounts } from './counts.ts';
import { followMajority } from './silent-votes.ts';
import type { Base, DecisionRule, GroupTest, Operator, Threshold } from './rule.ts';
import { leaderOf, type Leader } from './rounds.ts';

/** One threshold worked out: numerator · den op base · num, in integers (RULES B.0). */
export interface Arithmetic {
	readonly threshold: Threshold;
	readonly numerator: number;
	readonly denominator: number;
	/** The smallest numerator that would reach it; undefined over an empty base. */
	readonly needed: number | undefined;
	readonly reached: boolean;
}
/** The same for a group whose share the rule asks for. */
export interface GroupArithmetic extends Omit<Arithmetic, 'threshold'> {
	readonly test: GroupTest;
}

/**
 * `no-result`: a base is empty, which is never "passed" (RULE-3). `tied`: options lead together, and a second round
 * among them has to tell.
 */
export type Outcome = 'passed' | 'not-passed' | 'not-quorate' | 'no-result' | 'tied';

export interface Decision {
	readonly outcome: Outcome;
	readonly quorum: readonly Arithmetic[];
	readonly pass: readonly Arithmetic[];
	readonly groups: readonly GroupArithmetic[];
	/** Of a choice: which options lead, by their index, and with how many votes. */
	readonly leader: Leader | undefined;
	/** RULE-6: how the same votes read if nobody silent follows; undefined where the rule says so anyway. */
	readonly strict: Decision | undefined;
}

/** RULE-1..6: the frozen rule applied to what was counted. Exact integers; no floats, no percentages, no rounding. */
export function decide(rule: DecisionRule, counts: Counts): Decision {
	const strict = decideStrictly(rule, counts);
	if (rule.silent === 'none') return strict;
	return { ...decideStrictly(rule, followMajority(rule, counts)), strict };
}

function decideStrictly(rule: DecisionRule, counts: Counts): Decision {
	const leader = counts.rounds && leaderOf(counts.rounds);
	const quorum = rule.quorum.map((threshold) => workOut(threshold, counts[threshold[0]].present, counts));
	const pass = rule.pass.map((threshold) => workOut(threshold, leader?.votes ?? counts[threshold[0]].approve, counts));
	const groups = rule.groups.map((test) => workOutGroup(test, counts));
	const outcome = outcomeOf([...quorum, ...groups], pass, leader);
	return { outcome, quorum, pass, groups, leader, strict: undefined };
}

type Reached = Pick<Arithmetic, 'denominator' | 'reached'>;

function outcomeOf(valid: readonly Reached[], pass: readonly Reached[], leader: Leader | undefined): Outcome {
	if (valid.some(({ denominator }) => denominator === 0)) return 'no-result';
	if (!valid.every(({ reached }) => reached)) return 'not-quorate';
	if (pass.length === 0 || pass.some(({ denominator }) => denominator === 0)) return 'no-result';
	if (leader && leader.votes > 0 && leader.options.length > 1) return 'tied';
	return pass.every(({ reached }) => reached) ? 'passed' : 'not-passed';
}

function workOut(threshold: Threshold, numerator: number, counts: Counts): Arithmetic {
	const [measure, base, ...share] = threshold;
	return { threshold, ...compare(numerator, baseOf(base, counts[measure]), share) };
}

/** RULE-5: of members, whatever the units weigh. */
function workOutGroup(test: GroupTest, { groups = [], units }: Counts): GroupArithmetic {
	const [group, of, ...share] = test;
	const find = (wanted: string) => groups.find(([name]) => name === wanted) ?? [wanted, 0, 0];
	const [, size, present] = find(group);
	if (of === 'present') return { test, ...compare(present, size, share) };
	return { test, ...compare(size, of === 'roll' ? units.eligible : find(of)[1], share) };
}

type Share = readonly [num: number, den: number, op: Operator];

function compare(numerator: number, denominator: number, share: Share): Omit<Arithmetic, 'threshold'> {
	const [num, den, op] = share;
	const [left, right] = [BigInt(numerator) * BigInt(den), BigInt(denominator) * BigInt(num)];
	// RULES B.8: nobody for it never passes, not even under a threshold of nothing.
	const reached = denominator > 0 && numerator > 0 && (op === '>=' ? left >= right : left > right);
	return { numerator, denominator, needed: neededFor(share, denominator), reached };
}

/** RULE-2: `>1/2` of N is ⌊N/2⌋+1; `≥2/3` is ⌈2N/3⌉. */
export function neededFor([num, den, op]: Share, denominator: number): number | undefined {
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
