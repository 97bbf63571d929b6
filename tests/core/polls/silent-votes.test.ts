import { expect, test } from 'vitest';
import type { BodyByType } from '#core/ledger/registry.ts';
import { NOBODY, type Counts, type SevenCounts } from '#core/polls/counts.ts';
import { decide } from '#core/polls/decision.ts';
import { addsUp } from '#core/polls/double-count.ts';
import { ruleProfile } from '#core/polls/profiles.ts';
import type { DecisionRule } from '#core/polls/rule.ts';
import { followMajority } from '#core/polls/silent-votes.ts';
import { forge } from '../../support/forging.ts';
import { memberCounts } from '../../support/member-counts.ts';
import { must } from '../../support/must.ts';
import { verdictOn } from '../../support/offering.ts';
import { Scene } from '../../support/scene.ts';

const ruled = (id: string, silent: DecisionRule['silent']): DecisionRule => ({
	...must(ruleProfile(id)).rule,
	...{ silent, clause: '议事规则第十二条' },
});
const blanks = ruled('R12-all', 'returned-blank-follows-majority');
const everybody = ruled('R12-all', 'all-silent-follow-majority');

test('[RULE-6] blank ballots follow the strict majority of those who spoke, and the strict reading stands beside it', () => {
	const counts = memberCounts({ eligible: 30, present: 20, approve: 11, reject: 4, abstain: 5, notVoted: 10 });
	const { outcome, pass, strict } = decide(blanks, counts);
	expect([outcome, pass[0]?.numerator]).toEqual(['passed', 16]);
	expect([strict?.outcome, strict?.pass[0]?.numerator]).toEqual(['not-passed', 11]);
	expect(strict?.strict).toBeUndefined();
});

test('[RULE-6] on a tie of those who spoke nobody follows', () => {
	const counts = memberCounts({ eligible: 25, present: 25, approve: 10, reject: 10, abstain: 5 });
	for (const rule of [blanks, everybody]) {
		const { outcome, pass, strict } = decide(rule, counts);
		expect([outcome, pass[0]?.numerator]).toEqual(['not-passed', 10]);
		expect(strict?.outcome).toBe('not-passed');
	}
});

test('[RULE-6] the silent follow a majority against as well', () => {
	const counts = memberCounts({ eligible: 30, present: 30, approve: 4, reject: 6, abstain: 20 });
	expect(followMajority(blanks, counts).units).toMatchObject({ approve: 4, reject: 26, abstain: 0 });
});

test('[RULE-6] where all the silent follow, who did not vote is taken to have taken part, the quorum included', () => {
	const counts = memberCounts({ eligible: 30, present: 12, approve: 9, reject: 2, spoiled: 1, notVoted: 18 });
	const { outcome, quorum, pass, strict } = decide(everybody, counts);
	expect([outcome, quorum[0]?.numerator, pass[0]?.numerator]).toEqual(['passed', 30, 27]);
	expect(strict?.outcome).toBe('not-quorate');
	expect(followMajority(everybody, counts).units).toMatchObject({ spoiled: 1, notVoted: 0 });
	expect(followMajority(blanks, counts).units).toEqual(counts.units);
});

test('[RULE-6] in a room nobody is made present twice, and the parts still add up', () => {
	const counts = memberCounts({ eligible: 12, present: 10, approve: 6, reject: 2, notVoted: 2 });
	const followed = followMajority(ruled('R12-present', 'all-silent-follow-majority'), counts);
	expect(followed.units).toEqual({ ...NOBODY, eligible: 12, present: 10, approve: 8, reject: 2 });
	expect(addsUp({ presentOnly: true }, followed)).toBe(true);
});

/** Of 20 heads and of 2,000.00 m² these were for, against and blank. */
function byOwners(heads: readonly [number, number, number], area: readonly [number, number, number]): Counts {
	const of = (eligible: number, [approve, reject, abstain]: readonly [number, number, number]): SevenCounts => {
		const present = approve + reject + abstain;
		return { eligible, present, approve, reject, abstain, spoiled: 0, notVoted: eligible - present };
	};
	return { units: of(20, heads), heads: of(20, heads), area: of(200_000, area) };
}

test('[RULE-6] owners follow only where heads and area say the same; where they disagree nobody follows', () => {
	const rule = ruled('R5', 'returned-blank-follows-majority');
	const agreeing = byOwners([8, 4, 8], [90_000, 60_000, 50_000]);
	expect(decide(rule, agreeing).outcome).toBe('passed');
	expect(decide(rule, agreeing).strict?.outcome).toBe('not-passed');
	const disagreeing = byOwners([8, 4, 8], [60_000, 90_000, 50_000]);
	expect(followMajority(rule, disagreeing)).toEqual(disagreeing);
	const tied = byOwners([6, 6, 8], [90_000, 60_000, 50_000]);
	expect(followMajority(rule, tied)).toEqual(tied);
});

test('[RULE-6] without such a rule nobody follows, and there is no second reading', () => {
	const counts = memberCounts({ eligible: 30, present: 20, approve: 11, reject: 4, abstain: 5, notVoted: 10 });
	const { rule } = must(ruleProfile('R12-all'));
	expect(decide(rule, counts)).toMatchObject({ outcome: 'not-passed', strict: undefined });
	expect(followMajority(rule, counts)).toEqual(counts);
});

test('[RULE-6] nobody follows where nobody spoke, nor in a choice among options', () => {
	const silent = memberCounts({ eligible: 9, present: 9, abstain: 9 });
	expect(decide(everybody, silent).outcome).toBe('not-passed');
	const choice: Counts = { ...memberCounts({ eligible: 9, present: 9, approve: 5, abstain: 4 }), rounds: [[3, 2]] };
	expect(followMajority(everybody, choice)).toEqual(choice);
});

test('[RULE-6] a poll whose silent follow without a clause that says so is refused', () => {
	const scene = new Scene();
	const { corner, convener } = scene.council;
	const usual = scene.bodies(convener.device, convener.member, corner.authorityOf(convener))['poll.open'];
	const as = must(scene.council.as);
	const verdict = (rule: Partial<DecisionRule>, changed: Partial<BodyByType['poll.open']> = {}) => {
		const body = { as, ...usual, ...changed, rule: { ...usual.rule, ...rule } };
		return verdictOn(corner, forge(corner, convener.device, 'poll.open', body));
	};
	const silent = 'returned-blank-follows-majority';
	expect(verdict({ silent })).toBe('poll-malformed');
	expect(verdict({ silent, clause: '管理规约第八条' })).toBe('accept');
	const choice = { form: 'single', options: ['停车', '绿化'] } as const;
	expect(verdict({ silent, clause: '管理规约第八条' }, choice)).toBe('poll-malformed');
	expect(verdict({}, choice)).toBe('accept');
});
