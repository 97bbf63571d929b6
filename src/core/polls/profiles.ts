import type { UnitKind } from './records.ts';
import type { DecisionRule, GroupTest, Operator, Threshold } from './rule.ts';

/** Where a rule comes from, as text for a result sheet. Local custom has neither law nor article. */
export interface RuleSource {
	readonly law: string;
	readonly article?: string;
	/** `YYYY-MM-DD`, as far as it is known. */
	readonly inForceFrom?: string;
	/** From this day another text holds, whose numbers have to be looked up before the rule is used. */
	readonly supersededSince?: string;
}

/** Decision rules as data (RULES B.1). The chosen one is frozen into `poll.open`, so a later version changes nothing. */
export interface RuleProfile {
	readonly id: string;
	readonly rule: DecisionRule;
	readonly unit: UnitKind;
	/** Only those on the attendance may be counted. */
	readonly presentOnly: boolean;
	readonly source: RuleSource;
}

type Draft = Omit<RuleProfile, 'rule'> &
	Pick<DecisionRule, 'quorum' | 'pass'> & { readonly groups?: readonly GroupTest[]; readonly proxies?: number };

// Both organic laws changed on 2026-01-01; the new numbers must be entered from the new texts, not guessed.
const RESIDENTS: RuleSource = { law: '城市居民委员会组织法（2018）', supersededSince: '2026-01-01' };
const VILLAGERS: RuleSource = { law: '村民委员会组织法（2018）', supersededSince: '2026-01-01' };
const SHANDONG_VILLAGES: RuleSource = { law: '山东省实施《村民委员会组织法》办法（2012）' };
const CIVIL_CODE: RuleSource = { law: '民法典', inForceFrom: '2021-01-01' };
const SHANDONG_PROPERTY: RuleSource = { law: '山东省物业管理条例（2021）' };
const LOCAL: RuleSource = { law: '本组织的议事规则' };

const most = of('units', 'eligible', 1, 2, '>');
const twoThirds = of('units', 'eligible', 2, 3, '>=');
const majorityPresent = of('units', 'present', 1, 2, '>');
const ownersQuorum = [of('area', 'eligible', 2, 3, '>='), of('heads', 'eligible', 2, 3, '>=')];
const ownersMajority = [of('area', 'present', 1, 2, '>'), of('heads', 'present', 1, 2, '>')];
const ownersThreeQuarters = [of('area', 'present', 3, 4, '>='), of('heads', 'present', 3, 4, '>=')];
const COMPOSITION: readonly GroupTest[] = [
	['representatives', 'roll', 4, 5, '>='],
	['women-representatives', 'representatives', 1, 3, '>='],
];
const MOST_WOMEN_PRESENT: GroupTest = ['women-representatives', 'present', 2, 3, '>='];

const assembly = { unit: 'member', presentOnly: true, pass: [majorityPresent] } as const;
const households = { ...assembly, unit: 'household' } as const;
const owners = { unit: 'owner', presentOnly: false, quorum: ownersQuorum, proxies: 1 } as const;

/**
 * CHOICE-2: one vote a household, and no quorum, since who does not want the service need not come. 弃权 says "any of
 * them is fine", so the majority is asked of those who pick something or want none of it.
 */
export const HOUSEHOLDS_CHOOSE = profile({
	...{ ...households, id: 'households-choose', presentOnly: false, quorum: [] },
	...{ pass: [of('units', 'expressed', 1, 2, '>')], source: LOCAL },
});

export const RULE_PROFILES: readonly RuleProfile[] = [
	profile({ id: 'R12-present', ...assembly, quorum: [twoThirds], source: LOCAL }),
	profile({ ...assembly, id: 'R12-all', presentOnly: false, quorum: [twoThirds], pass: [most], source: LOCAL }),
	profile({ id: 'R12-present-half', ...assembly, quorum: [most], source: LOCAL }),
	profile({ ...assembly, id: 'R13', quorum: [twoThirds], pass: [of('units', 'expressed', 1, 2, '>')], source: LOCAL }),
	profile({ id: 'R1-residents', ...assembly, quorum: [most], source: article(RESIDENTS, '9') }),
	profile({ id: 'R1-households', ...households, quorum: [most], source: article(RESIDENTS, '9') }),
	profile({ id: 'R2-adults', ...assembly, quorum: [most], source: article(VILLAGERS, '22') }),
	profile({ id: 'R2-households', ...households, quorum: [twoThirds], source: article(VILLAGERS, '22') }),
	profile({ id: 'R3', ...assembly, quorum: [twoThirds], groups: COMPOSITION, source: article(VILLAGERS, '25–26') }),
	profile({
		...{ id: 'R3-SD', ...assembly, quorum: [twoThirds], groups: [...COMPOSITION, MOST_WOMEN_PRESENT] },
		source: article(SHANDONG_VILLAGES, '23–24'),
	}),
	profile({ id: 'R4-adults', ...assembly, quorum: [twoThirds], source: article(VILLAGERS, '28') }),
	profile({ id: 'R4-households', ...households, quorum: [twoThirds], source: article(VILLAGERS, '28') }),
	profile({ id: 'R5', ...owners, pass: ownersMajority, source: article(CIVIL_CODE, '278') }),
	profile({ id: 'R6', ...owners, pass: ownersThreeQuarters, source: article(CIVIL_CODE, '278') }),
	profile({ id: 'R7', ...owners, pass: ownersThreeQuarters, source: { law: '济南市既有住宅增设电梯导则（2023）' } }),
	profile({
		...{ id: 'R8', ...owners, quorum: [], proxies: 0, pass: [of('heads', 'eligible', 1, 1, '>=')] },
		source: article(CIVIL_CODE, '279'),
	}),
	profile({ id: 'R9', ...assembly, quorum: [twoThirds], pass: [most], source: article(SHANDONG_PROPERTY, '32') }),
	profile({
		...{ id: 'R10-eligible', ...assembly, quorum: [twoThirds], pass: [of('units', 'eligible', 1, 2, '>=')] },
		source: LOCAL,
	}),
	profile({
		...{ id: 'R10-present', ...assembly, quorum: [twoThirds], pass: [of('units', 'present', 1, 2, '>=')] },
		source: LOCAL,
	}),
	profile({ id: 'R11', ...assembly, quorum: [], source: LOCAL }),
	HOUSEHOLDS_CHOOSE,
];

/** What a residents' council uses among its own members. */
export const COUNCIL_PROFILES = RULE_PROFILES.filter(({ id }) => ['R12-present', 'R12-all', 'R13'].includes(id));

export function ruleProfile(id: string): RuleProfile | undefined {
	return RULE_PROFILES.find((one) => one.id === id);
}

function profile({ id, unit, presentOnly, source, quorum, pass, groups = [], proxies = 0 }: Draft): RuleProfile {
	const rule = { profile: id, version: 1, quorum, pass, groups, silent: 'none', proxies } as const;
	return { id, unit, presentOnly, source, rule };
}

function of(measure: Threshold[0], base: Threshold[1], num: number, den: number, op: Operator): Threshold {
	return [measure, base, num, den, op];
}

function article(source: RuleSource, number: string): RuleSource {
	return { ...source, article: number };
}
