import { expect, test } from 'vitest';
import { decide, type Decision, type Outcome } from '#core/polls/decision.ts';
import { RULE_PROFILES, ruleProfile, type RuleProfile } from '#core/polls/profiles.ts';
import { NOBODY, type Counts, type SevenCounts } from '#core/polls/counts.ts';
import { must } from '../../support/must.ts';
import { Fraction } from './fraction.ts';
import { memberCounts } from '../../support/member-counts.ts';

type Seven = Readonly<SevenCounts>;
type Reached = (counts: Seven) => boolean | undefined;

const [HALF, TWO_THIRDS, THREE_QUARTERS, ALL] = [
	new Fraction(1, 2),
	new Fraction(2, 3),
	new Fraction(3, 4),
	new Fraction(1),
];
/** What part of a base some number is; undefined of an empty base. */
const part = (number: number, base: number) => (base === 0 ? undefined : new Fraction(number, base));
const expressed = ({ approve, reject }: Seven) => approve + reject;
const always: Reached = () => true;

const came =
	(asked: Fraction, above: boolean): Reached =>
	({ present, eligible }) =>
		reaches(part(present, eligible), asked, above);
const agreed =
	(base: (counts: Seven) => number, asked: Fraction, above: boolean): Reached =>
	(counts) =>
		reaches(part(counts.approve, base(counts)), asked, above);

function reaches(share: Fraction | undefined, asked: Fraction, above: boolean): boolean | undefined {
	if (share === undefined) return undefined;
	return share.num > 0n && (above ? share.isAbove(asked) : share.isAtLeast(asked));
}

/** The profiles in the words of RULES B.1, by other arithmetic than the product's: valid if, passed if. */
const ofEligible = ({ eligible }: Seven) => eligible;
const ofPresent = ({ present }: Seven) => present;
const [most, twoThirds] = [came(HALF, true), came(TWO_THIRDS, false)];
const majority = agreed(ofPresent, HALF, true);
const WORDS: Readonly<Record<string, readonly [valid: Reached, passed: Reached]>> = {
	'R1-residents': [most, majority],
	'R1-households': [most, majority],
	'R2-adults': [most, majority],
	'R2-households': [twoThirds, majority],
	'R4-adults': [twoThirds, majority],
	'R4-households': [twoThirds, majority],
	R8: [always, agreed(ofEligible, ALL, false)],
	R9: [twoThirds, agreed(ofEligible, HALF, true)],
	'R10-eligible': [twoThirds, agreed(ofEligible, HALF, false)],
	'R10-present': [twoThirds, agreed(ofPresent, HALF, false)],
	R11: [always, majority],
	'R12-all': [twoThirds, agreed(ofEligible, HALF, true)],
	'R12-present': [twoThirds, majority],
	'R12-present-half': [most, majority],
	R13: [twoThirds, agreed(expressed, HALF, true)],
	'households-choose': [always, agreed(expressed, HALF, true)],
};

function expected(valid: readonly (boolean | undefined)[], passed: readonly (boolean | undefined)[]): Outcome {
	if (valid.includes(undefined)) return 'no-result';
	if (valid.includes(false)) return 'not-quorate';
	if (passed.includes(undefined)) return 'no-result';
	return passed.includes(false) ? 'not-passed' : 'passed';
}

/** Every way to split `present` among for, against and the rest; the rest once abstains and once is spoiled. */
function* everyCount(limit: number): Generator<Seven> {
	for (let eligible = 0; eligible <= limit; eligible++)
		for (let present = 0; present <= eligible; present++)
			for (let approve = 0; approve <= present; approve++)
				for (let reject = 0; reject <= present - approve; reject++) {
					const rest = present - approve - reject;
					const base = { eligible, present, approve, reject };
					yield { ...base, abstain: rest, spoiled: 0, notVoted: 0 };
					yield { ...base, abstain: 0, spoiled: Math.floor(rest / 2), notVoted: Math.ceil(rest / 2) };
				}
}

const UP_TO_40 = [...everyCount(40)].map((seven) => ({ seven, counts: memberCounts(seven) }));
const oneMeasure = RULE_PROFILES.filter(({ id, rule }) => rule.groups.length === 0 && !['R5', 'R6', 'R7'].includes(id));

test.each(oneMeasure.map(({ id }) => id))(
	'[RULE-1] %s says for every count up to 40 what naive fractions say',
	(id) => {
		const [{ rule }, [valid, passed]] = [must(ruleProfile(id)), must(WORDS[id])];
		const wrong: Seven[] = [];
		const outcomes = new Set<Outcome>();
		for (const { seven, counts } of UP_TO_40) {
			const { outcome } = decide(rule, counts);
			outcomes.add(outcome);
			if (outcome !== expected([valid(seven)], [passed(seven)])) wrong.push(seven);
		}
		expect(wrong).toEqual([]);
		expect(outcomes.size).toBe(valid === always ? 3 : 4);
	},
	30_000,
);

test('[RULE-3] no profile ever passes anything with nobody for it, or over an empty base', () => {
	const passed: string[] = [];
	const empty = UP_TO_40.filter(({ seven }) => seven.approve === 0 || seven.eligible === 0);
	for (const { counts } of empty)
		for (const { id, rule } of RULE_PROFILES) if (decide(rule, counts).outcome === 'passed') passed.push(id);
	expect(passed).toEqual([]);
}, 30_000);

/** R5–R7: both measures must come and agree; these counts are what one measure can look like. */
const PASSED: Readonly<Record<string, Reached>> = {
	R5: majority,
	R6: agreed(ofPresent, THREE_QUARTERS, false),
	R7: agreed(ofPresent, THREE_QUARTERS, false),
};

const owners = (area: Seven, heads: Seven): Counts => ({ units: NOBODY, heads, area });

function wrongAmong(profile: RuleProfile, areas: readonly Seven[], heads: readonly Seven[]) {
	const passed = must(PASSED[profile.id]);
	const said = (one: Seven) => ({ one, valid: twoThirds(one), passed: passed(one) });
	const [byArea, byHeads] = [areas.map(said), heads.map(said)];
	const outcomes = new Set<Outcome>();
	const wrong: (readonly [Seven, Seven])[] = [];
	for (const a of byArea)
		for (const h of byHeads) {
			const { outcome }: Decision = decide(profile.rule, owners(a.one, h.one));
			outcomes.add(outcome);
			if (outcome !== expected([a.valid, h.valid], [a.passed, h.passed])) wrong.push([a.one, h.one]);
		}
	return { wrong, outcomes };
}

/** Without who is against: the owners' thresholds ask only who came and who agrees. */
const lean = (limit: number) => [...everyCount(limit)].filter(({ reject, spoiled }) => reject + spoiled === 0);

test.each(['R5', 'R6', 'R7'])(
	'[RULE-1] %s says for every count of area and of heads up to 8 what naive fractions say',
	(id) => {
		const { wrong, outcomes } = wrongAmong(must(ruleProfile(id)), lean(8), lean(8));
		expect(wrong).toEqual([]);
		expect(outcomes).toEqual(new Set(['no-result', 'not-quorate', 'not-passed', 'passed']));
	},
	30_000,
);

/** Just under, on and just over each threshold of 300 heads and of 30,000.00 m². */
function around(eligible: number): readonly Seven[] {
	const close = (base: number, fractions: readonly (readonly [number, number])[]) =>
		fractions.flatMap(([num, den]) => [-1, 0, 1].map((step) => Math.floor((base * num) / den) + step));
	return close(eligible, [[2, 3]]).flatMap((present) =>
		close(present, [
			[1, 2],
			[3, 4],
		]).map((approve) => ({ ...NOBODY, eligible, present, approve, reject: present - approve })),
	);
}

test.each(['R5', 'R6', 'R7'])('[RULE-1] %s is exact at every boundary of 300 heads and of 30,000.00 m²', (id) => {
	const { wrong, outcomes } = wrongAmong(must(ruleProfile(id)), around(3_000_000), around(300));
	expect(wrong).toEqual([]);
	expect(outcomes).toEqual(new Set(['not-quorate', 'not-passed', 'passed']));
});

test('[RULE-1] areas as large as a roll may hold are exact to the hundredth of a square metre', () => {
	const eligible = Number.MAX_SAFE_INTEGER;
	for (const id of Object.keys(PASSED))
		expect(wrongAmong(must(ruleProfile(id)), around(eligible), around(300)).wrong).toEqual([]);
});
