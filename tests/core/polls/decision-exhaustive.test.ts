import { expect, test } from 'vitest';
import { decide, type Outcome } from '#core/polls/decision.ts';
import { ruleProfile, type RuleProfile } from '#core/polls/profiles.ts';
import type { SevenCounts } from '#core/polls/counts.ts';
import { must } from '../../support/must.ts';
import { Fraction } from './fraction.ts';
import { memberCounts } from '../../support/member-counts.ts';

const LIMIT = 40;
const TWO_THIRDS = new Fraction(2, 3);
const HALF = new Fraction(1, 2);
type Counts = Readonly<SevenCounts>;

/** The profiles in the words of RULES B.1, by other arithmetic than the product's. */
function expected(profile: RuleProfile['id'], counts: Counts): Outcome {
	if (counts.eligible === 0) return 'no-result';
	if (!new Fraction(counts.present, counts.eligible).isAtLeast(TWO_THIRDS)) return 'not-quorate';
	const base = { 'R12-all': counts.eligible, 'R12-present': counts.present, R13: counts.approve + counts.reject }[
		profile
	];
	if (base === 0) return 'no-result';
	return new Fraction(counts.approve, base).isAbove(HALF) ? 'passed' : 'not-passed';
}

/** Every way to split `present` among for, against and the rest; the rest once abstains and once is spoiled. */
function* everyCount(): Generator<Counts> {
	for (let eligible = 0; eligible <= LIMIT; eligible++)
		for (let present = 0; present <= eligible; present++)
			for (let approve = 0; approve <= present; approve++)
				for (let reject = 0; reject <= present - approve; reject++) {
					const rest = present - approve - reject;
					const base = { eligible, present, approve, reject };
					yield { ...base, abstain: rest, spoiled: 0, notVoted: 0 };
					yield { ...base, abstain: 0, spoiled: Math.floor(rest / 2), notVoted: Math.ceil(rest / 2) };
				}
}

test.each(['R12-all', 'R12-present', 'R13'] as const)(
	'[RULE-1] %s says for every count up to 40 what naive fractions say',
	(id) => {
		const { rule } = must(ruleProfile(id));
		const wrong: Counts[] = [];
		const outcomes = new Map<Outcome, number>();
		for (const counts of everyCount()) {
			const { outcome } = decide(rule, memberCounts(counts));
			outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
			if (outcome !== expected(id, counts)) wrong.push(counts);
		}
		expect(wrong).toEqual([]);
		expect(outcomes.size).toBe(4);
	},
	30_000,
);

test('[RULE-3] no profile ever passes anything with nobody for it, or over an empty base', () => {
	const passed: Counts[] = [];
	for (const counts of everyCount())
		for (const id of ['R12-all', 'R12-present', 'R13'] as const) {
			const empty = counts.approve === 0 || counts.eligible === 0;
			if (empty && decide(must(ruleProfile(id)).rule, memberCounts(counts)).outcome === 'passed') passed.push(counts);
		}
	expect(passed).toEqual([]);
}, 30_000);
