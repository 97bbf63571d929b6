import { expect, test } from 'vitest';
import { COUNCIL_PROFILES, RULE_PROFILES, ruleProfile, type RuleProfile } from '#core/polls/profiles.ts';
import { measuresOf, type GroupTest, type Threshold } from '#core/polls/rule.ts';
import { must } from '../../support/must.ts';

const RESIDENTS = '城市居民委员会组织法（2018）';
const VILLAGERS = '村民委员会组织法（2018）';
const SHANDONG = '山东省实施《村民委员会组织法》办法（2012）';
const LOCAL = '本组织的议事规则';
const TWO_THIRDS = 'units≥2/3 eligible';
const MOST_PRESENT = 'units>1/2 present';
const OWNERS = 'area≥2/3 eligible heads≥2/3 eligible';
const THREE_QUARTERS = 'area≥3/4 present heads≥3/4 present';
const COMPOSITION = 'representatives≥4/5 of roll women-representatives≥1/3 of representatives';

/** RULES B.1 in the words of these tests: who votes, what makes it valid, what passes it, by which law and article. */
const TABLE: Readonly<Record<string, readonly string[]>> = {
	'R1-residents': ['member present', 'units>1/2 eligible', MOST_PRESENT, RESIDENTS, '9'],
	'R1-households': ['household present', 'units>1/2 eligible', MOST_PRESENT, RESIDENTS, '9'],
	'R2-adults': ['member present', 'units>1/2 eligible', MOST_PRESENT, VILLAGERS, '22'],
	'R2-households': ['household present', TWO_THIRDS, MOST_PRESENT, VILLAGERS, '22'],
	R3: ['member present', `${TWO_THIRDS} ${COMPOSITION}`, MOST_PRESENT, VILLAGERS, '25–26'],
	'R3-SD': [
		'member present',
		`${TWO_THIRDS} ${COMPOSITION} women-representatives≥2/3 of present`,
		...[MOST_PRESENT, SHANDONG, '23–24'],
	],
	'R4-adults': ['member present', TWO_THIRDS, MOST_PRESENT, VILLAGERS, '28'],
	'R4-households': ['household present', TWO_THIRDS, MOST_PRESENT, VILLAGERS, '28'],
	R5: ['owner', OWNERS, 'area>1/2 present heads>1/2 present', '民法典', '278'],
	R6: ['owner', OWNERS, THREE_QUARTERS, '民法典', '278'],
	R7: ['owner', OWNERS, THREE_QUARTERS, '济南市既有住宅增设电梯导则（2023）', ''],
	R8: ['owner', '', 'heads≥1/1 eligible', '民法典', '279'],
	R9: ['member present', TWO_THIRDS, 'units>1/2 eligible', '山东省物业管理条例（2021）', '32'],
	'R10-eligible': ['member present', TWO_THIRDS, 'units≥1/2 eligible', LOCAL, ''],
	'R10-present': ['member present', TWO_THIRDS, 'units≥1/2 present', LOCAL, ''],
	R11: ['member present', '', MOST_PRESENT, LOCAL, ''],
	'R12-all': ['member', TWO_THIRDS, 'units>1/2 eligible', LOCAL, ''],
	'R12-present': ['member present', TWO_THIRDS, MOST_PRESENT, LOCAL, ''],
	'R12-present-half': ['member present', 'units>1/2 eligible', MOST_PRESENT, LOCAL, ''],
	R13: ['member present', TWO_THIRDS, 'units>1/2 expressed', LOCAL, ''],
	'households-choose': ['household', '', 'units>1/2 expressed', LOCAL, ''],
};

const sign = (op: '>' | '>=') => (op === '>' ? '>' : '≥');
const share = ([measure, base, num, den, op]: Threshold) => `${measure}${sign(op)}${num}/${den} ${base}`;
const group = ([name, of, num, den, op]: GroupTest) => `${name}${sign(op)}${num}/${den} of ${of}`;

function inWords({ rule, unit, presentOnly, source }: RuleProfile): readonly string[] {
	const valid = [...rule.quorum.map(share), ...rule.groups.map(group)].join(' ');
	const who = presentOnly ? `${unit} present` : unit;
	return [who, valid, rule.pass.map(share).join(' '), source.law, source.article ?? ''];
}

test('[RULE-7] every profile says who votes, what is valid, what passes, and by which law and article', () => {
	expect(Object.fromEntries(RULE_PROFILES.map((profile) => [profile.id, inWords(profile)]))).toEqual(TABLE);
});

test('[RULE-7] what both organic laws of 2018 say is labelled as replaced since 2026-01-01, and nothing else is', () => {
	for (const { source } of RULE_PROFILES) {
		const replaced = [RESIDENTS, VILLAGERS].includes(source.law);
		expect(source.supersededSince).toBe(replaced ? '2026-01-01' : undefined);
	}
});

test('[RULE-7] the Civil Code names the day from which it holds, and every law its year otherwise', () => {
	for (const { source } of RULE_PROFILES.filter((profile) => profile.source.law !== LOCAL)) {
		if (source.law === '民法典') expect(source.inForceFrom).toBe('2021-01-01');
		else expect(source.law).toMatch(/（20\d\d）$/);
	}
});

test('[RULE-7] a rule carries the name and the version of the profile it is taken from, and each name stands once', () => {
	for (const { id, rule } of RULE_PROFILES) expect(rule).toMatchObject({ profile: id, version: 1, silent: 'none' });
	expect(new Set(RULE_PROFILES.map(({ id }) => id)).size).toBe(RULE_PROFILES.length);
	expect(ruleProfile('R99')).toBeUndefined();
	expect(COUNCIL_PROFILES.map(({ id }) => id)).toEqual(['R12-present', 'R12-all', 'R13']);
});

test('[RULE-7] owners weigh by area and by heads, everybody else by units alone', () => {
	for (const { id, unit, rule } of RULE_PROFILES) {
		const expected = unit !== 'owner' ? ['units'] : id === 'R8' ? ['heads'] : ['heads', 'area'];
		expect(measuresOf(rule)).toEqual(expected);
	}
});

test('[RULE-7] owners may use one proxy, as the model text says; residents, and whoever must agree himself, none', () => {
	const allowed = RULE_PROFILES.filter(({ rule }) => rule.proxies > 0).map(({ id, rule }) => [id, rule.proxies]);
	expect(allowed).toEqual([
		['R5', 1],
		['R6', 1],
		['R7', 1],
	]);
	expect(must(ruleProfile('R8')).rule.proxies).toBe(0);
});
