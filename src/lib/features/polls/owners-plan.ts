import type { MemberId } from '#core/kernel/ids.ts';
import { ruleProfile } from '#core/polls/profiles.ts';
import type { DecisionRule } from '#core/polls/rule.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** What a convener has written down so far about an owners' vote. */
export interface OwnersDraft {
	question: string;
	/** Id of a rule profile. */
	kind: string | undefined;
	proxies: string;
	silent: DecisionRule['silent'];
	clause: string;
	roll: string;
	tellers: MemberId[];
	q: string;
	stations: MemberId[];
	/** Chosen, and not added to these yet. */
	station: MemberId | '';
}

export const OWNER_KINDS = [
	{ id: 'R5', label: m.owner_kind_ordinary },
	{ id: 'R6', label: m.owner_kind_major },
	{ id: 'R7', label: m.owner_kind_unit },
] as const;

export const MOST_PROXIES = 3;

/** The rule as it will be frozen. */
export function draftedRule({ kind, proxies, silent, clause }: OwnersDraft): DecisionRule | undefined {
	const profile = kind === undefined ? undefined : ruleProfile(kind);
	const settings = { silent, proxies: Number(proxies), ...(silent === 'none' ? {} : { clause: clause.trim() }) };
	return profile && { ...profile.rule, ...settings };
}

export function sourceOf(kind: string | undefined): string {
	const source = kind === undefined ? undefined : ruleProfile(kind)?.source;
	if (!source) return '';
	const { law, article } = source;
	return article === undefined ? m.owner_rule_law({ law }) : m.owner_rule_law_article({ law, article });
}
