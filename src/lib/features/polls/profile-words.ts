import { m } from '#lib/i18n/paraglide/messages.js';

/** Profiles that are offered on screen; the others are chosen where their law is. */
const PROFILE_NAMES: Readonly<Record<string, () => string>> = {
	'R12-present': m.poll_rule_present,
	'R12-all': m.poll_rule_all,
	R13: m.poll_rule_expressed,
	R5: m.poll_rule_owners,
	R6: m.poll_rule_owners_major,
	'households-choose': m.poll_rule_households_choose,
};

export const profileName = (id: string): string => PROFILE_NAMES[id]?.() ?? id;
