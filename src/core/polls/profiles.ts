import type { MajorityRule } from './records.ts';

/**
 * Decision rules as data (RULES B.1). The chosen one is frozen into `poll.open`. No law sets a number for a residents'
 * council: these are common local rules, and `source` says whose they are.
 */
export interface RuleProfile {
	/** Names the profile in texts and in `MajorityRule.profile`. */
	readonly id: 'R12-all' | 'R12-present' | 'R13';
	readonly rule: MajorityRule;
	/** Only those on the attendance may be counted. */
	readonly presentOnly: boolean;
	readonly source: string;
}

export const RULE_PROFILES: readonly RuleProfile[] = [
	profile('R12-present', true, [['present', 1, 2, '>']], 'RULES B.1 R12: local custom'),
	profile('R12-all', false, [['eligible', 1, 2, '>']], 'RULES B.1 R12: 777doc'),
	profile('R13', true, [['expressed', 1, 2, '>']], 'RULES B.1 R13: soolun.net'),
];

export function ruleProfile(id: string): RuleProfile | undefined {
	return RULE_PROFILES.find((profile) => profile.id === id);
}

function profile(id: RuleProfile['id'], presentOnly: boolean, pass: MajorityRule['pass'], source: string): RuleProfile {
	const quorum: MajorityRule['quorum'] = [['eligible', 2, 3, '>=']];
	return { id, presentOnly, source, rule: { profile: id, version: 1, quorum, pass, silent: 'none' } };
}
