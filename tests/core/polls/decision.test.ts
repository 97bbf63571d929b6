import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decide, neededFor } from '#core/polls/decision.ts';
import { COUNCIL_PROFILES, RULE_PROFILES, ruleProfile } from '#core/polls/profiles.ts';
import type { SevenCounts } from '#core/polls/counts.ts';
import { OPERATORS, type DecisionRule, type Threshold } from '#core/polls/rule.ts';
import { must } from '../../support/must.ts';
import { memberCounts } from '../../support/member-counts.ts';
import { Fraction } from './fraction.ts';

const counted = memberCounts;
const ruleOf = (id: string): DecisionRule => must(ruleProfile(id)).rule;
const outcome = (id: string, counts: Partial<SevenCounts>) => decide(ruleOf(id), counted(counts)).outcome;
const law = (quorum: Threshold[], pass: Threshold[]): DecisionRule => ({ ...ruleOf('R13'), quorum, pass });

test('[RULE-1] the case every tester tries first: 11 present, 5 for, 4 against, 2 abstain', () => {
	const counts = { eligible: 12, present: 11, approve: 5, reject: 4, abstain: 2 };
	expect(outcome('R13', counts)).toBe('passed');
	expect(outcome('R12-present', counts)).toBe('not-passed');
	expect(outcome('R12-all', counts)).toBe('not-passed');
});

test('[RULE-1] R13: a tie does not pass, one more does', () => {
	expect(outcome('R13', { eligible: 20, present: 20, approve: 8, reject: 8, abstain: 4 })).toBe('not-passed');
	expect(outcome('R13', { eligible: 20, present: 20, approve: 9, reject: 8, abstain: 3 })).toBe('passed');
});

test('[RULE-1] R12: more than half of those present, or of all', () => {
	const counts = { eligible: 30, present: 20, notVoted: 0 };
	expect(outcome('R12-present', { ...counts, approve: 10, reject: 10 })).toBe('not-passed');
	expect(outcome('R12-present', { ...counts, approve: 11, reject: 9 })).toBe('passed');
	expect(outcome('R12-all', { ...counts, approve: 15, reject: 5 })).toBe('not-passed');
	expect(outcome('R12-all', { ...counts, approve: 16, reject: 4 })).toBe('passed');
});

test('[RULE-1] nobody leaves the room by spoiling: under R12-present it works as a vote against', () => {
	expect(outcome('R12-present', { eligible: 11, present: 11, approve: 5, reject: 4, spoiled: 2 })).toBe('not-passed');
	expect(outcome('R13', { eligible: 11, present: 11, approve: 5, reject: 4, spoiled: 2 })).toBe('passed');
});

test('[RULE-4] without a quorum nothing is decided, however many are for it', () => {
	for (const { id } of COUNCIL_PROFILES) {
		expect(outcome(id, { eligible: 30, present: 19, approve: 19 })).toBe('not-quorate');
		expect(outcome(id, { eligible: 30, present: 20, approve: 20 })).toBe('passed');
	}
});

test('[RULE-3] 0 : 0 never passes, under any rule, and an empty base is no result', () => {
	expect(outcome('R13', { eligible: 9, present: 9, abstain: 9 })).toBe('no-result');
	expect(outcome('R12-present', { eligible: 9, present: 9, abstain: 9 })).toBe('not-passed');
	expect(outcome('R12-all', {})).toBe('no-result');
	const anything = law([], [['units', 'present', 0, 1, '>=']]);
	expect(decide(anything, counted({ eligible: 9, present: 9 })).outcome).toBe('not-passed');
	expect(decide(law([], []), counted({ eligible: 9, present: 9, approve: 9 })).outcome).toBe('no-result');
});

/** RULES B.8 for rules that count people or households. */
test.each<[string, string, Partial<SevenCounts>, string]>([
	['R1-residents', '50 of 100 present, all for', { eligible: 100, present: 50, approve: 50 }, 'not-quorate'],
	['R1-residents', '51 present, 26 for', { eligible: 100, present: 51, approve: 26 }, 'passed'],
	['R1-residents', '51 present, 25 for', { eligible: 100, present: 51, approve: 25 }, 'not-passed'],
	['R2-households', '2 of 3 households', { eligible: 3, present: 2, approve: 2 }, 'passed'],
	['R2-households', '66 of 100 households', { eligible: 100, present: 66, approve: 66 }, 'not-quorate'],
	['R2-households', '67 of 100 households', { eligible: 100, present: 67, approve: 67 }, 'passed'],
	['R9', 'as many as half of all members, not of those present', { eligible: 9, present: 6, approve: 4 }, 'not-passed'],
	['R9', 'more than half of all members', { eligible: 9, present: 6, approve: 5 }, 'passed'],
	['R10-eligible', 'exactly half is enough', { eligible: 30, present: 20, approve: 15 }, 'passed'],
	[
		'R10-eligible',
		'half of those present is not half of all',
		{ eligible: 30, present: 20, approve: 14 },
		'not-passed',
	],
	['R10-present', 'half of those present is enough', { eligible: 30, present: 20, approve: 10 }, 'passed'],
	['R13', '5:4:2 of 11', { eligible: 11, present: 11, approve: 5, reject: 4, abstain: 2 }, 'passed'],
	['R1-residents', '5:4:2 of 11', { eligible: 11, present: 11, approve: 5, reject: 4, abstain: 2 }, 'not-passed'],
	['R2-adults', '5:4:2 of 11', { eligible: 11, present: 11, approve: 5, reject: 4, abstain: 2 }, 'not-passed'],
	['R4-adults', '5:4:2 of 11', { eligible: 11, present: 11, approve: 5, reject: 4, abstain: 2 }, 'not-passed'],
])('[RULE-4] RULES B.8 %s: %s', (id, _case, counts, expected) => {
	expect(outcome(id, counts)).toBe(expected);
});

/** Of 300 heads and 30,000.00 m²: who took part and who agreed, by area and by heads. */
function byOwners(
	area: readonly [present: number, approve: number],
	heads: readonly [present: number, approve: number],
) {
	const of = (eligible: number, [present, approve]: readonly [number, number]): SevenCounts => ({
		...{ eligible, present, approve, reject: present - approve, abstain: 0, spoiled: 0 },
		notVoted: eligible - present,
	});
	return { units: of(300, heads), heads: of(300, heads), area: of(3_000_000, area) };
}

test.each<[string, string, [number, number], [number, number], string]>([
	['R5', 'one head too few came', [2_000_000, 2_000_000], [199, 199], 'not-quorate'],
	['R5', 'a hundredth of a square metre too little came', [1_999_999, 1_999_999], [200, 200], 'not-quorate'],
	['R5', 'exactly two thirds came, area for, heads tied', [2_000_000, 1_000_001], [200, 100], 'not-passed'],
	['R5', 'heads for, area tied', [2_000_000, 1_000_000], [200, 101], 'not-passed'],
	['R5', 'both for by the least', [2_000_000, 1_000_001], [200, 101], 'passed'],
	['R6', 'exactly three quarters of both', [2_000_000, 1_500_000], [200, 150], 'passed'],
	['R6', 'a hundredth of a square metre less', [2_000_000, 1_499_999], [200, 150], 'not-passed'],
	['R6', 'one head less', [2_000_000, 1_500_000], [200, 149], 'not-passed'],
	['R7', 'exactly three quarters of both', [2_000_000, 1_500_000], [200, 150], 'passed'],
	['R7', 'a majority is not enough', [2_000_000, 1_499_999], [200, 149], 'not-passed'],
	['R8', 'everybody but one', [3_000_000, 2_999_000], [300, 299], 'not-passed'],
	['R8', 'everybody', [3_000_000, 3_000_000], [300, 300], 'passed'],
])('[RULE-4] RULES B.8 %s: %s', (id, _case, area, heads, expected) => {
	expect(decide(ruleOf(id), byOwners(area, heads)).outcome).toBe(expected);
});

test('[RULE-3] 0 : 0 passes under no profile, whoever came', () => {
	for (const { id, rule } of RULE_PROFILES) {
		expect([id, decide(rule, byOwners([3_000_000, 0], [300, 0])).outcome]).not.toContain('passed');
		expect([id, decide(rule, counted({})).outcome]).toEqual([id, 'no-result']);
	}
});

test.each<[[number, number, '>' | '>='], number, number]>([
	[[1, 2, '>'], 42, 22],
	[[1, 2, '>'], 41, 21],
	[[1, 2, '>='], 42, 21],
	[[1, 2, '>='], 41, 21],
	[[2, 3, '>='], 30, 20],
	[[2, 3, '>='], 31, 21],
	[[3, 4, '>='], 200, 150],
	[[1, 1, '>='], 7, 7],
])('[RULE-2] %j of %i needs %i', (threshold, base, needed) => {
	expect(neededFor(threshold, base)).toBe(needed);
});

test('[RULE-2] over an empty base there is no number to need', () => {
	expect(neededFor([1, 2, '>'], 0)).toBeUndefined();
});

const threshold = fc.tuple(fc.nat(9), fc.integer({ min: 1, max: 9 }), fc.constantFrom(...OPERATORS));

test('[RULE-2] the number shown is the smallest that reaches the threshold, and fractions agree', () => {
	const property = fc.property(threshold, fc.integer({ min: 1, max: 100_000 }), (rule, base) => {
		const [num, den, op] = rule;
		const reached = (yes: number) => {
			const [share, asked] = [new Fraction(yes, base), new Fraction(num, den)];
			return op === '>' ? share.isAbove(asked) : share.isAtLeast(asked);
		};
		const needed = must(neededFor(rule, base));
		expect(reached(needed)).toBe(true);
		if (needed > 0) expect(reached(needed - 1)).toBe(false);
	});
	fc.assert(property, { numRuns: 5000 });
});

test('[RULE-1] integers stay exact where floating point does not', () => {
	const rule = law([], [['units', 'present', 2, 3, '>']]);
	const present = 3_000_000_000_000_003;
	const exactly = { eligible: present, present, approve: 2_000_000_000_000_002 };
	expect(decide(rule, counted(exactly)).outcome).toBe('not-passed');
	expect(decide(rule, counted({ ...exactly, approve: exactly.approve + 1 })).outcome).toBe('passed');
});

test('[RULE-1] the working shows numerator, base and what was needed', () => {
	const { quorum, pass } = decide(ruleOf('R12-present'), counted({ eligible: 12, present: 11, approve: 5 }));
	expect(quorum).toEqual([
		{ threshold: ['units', 'eligible', 2, 3, '>='], numerator: 11, denominator: 12, needed: 8, reached: true },
	]);
	expect(pass).toEqual([
		{ threshold: ['units', 'present', 1, 2, '>'], numerator: 5, denominator: 11, needed: 6, reached: false },
	]);
});
