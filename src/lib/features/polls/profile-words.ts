import type { RuleProfile } from '#core/polls/profiles.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

const PROFILES: Readonly<Record<RuleProfile['id'], () => string>> = {
	'R12-present': m.poll_rule_present,
	'R12-all': m.poll_rule_all,
	R13: m.poll_rule_expressed,
};

export const profileName = (id: RuleProfile['id']): string => PROFILES[id]();
