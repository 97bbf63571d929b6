import type { SevenCounts } from '#core/polls/records.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { countWord } from './count-words.ts';

/** 同意：重新数 14，公布 15 */
export function differences(recounted: SevenCounts, declared: SevenCounts): string {
	const names = (Object.keys(declared) as (keyof SevenCounts)[]).filter((name) => recounted[name] !== declared[name]);
	const parts = names.map((name) =>
		m.poll_audit_difference({ name: countWord(name), recounted: recounted[name], declared: declared[name] }),
	);
	return parts.join(m.poll_audit_separator());
}

/** Whether my own ballot is in the list that was counted. */
export function receiptOf(listed: boolean | undefined): string {
	if (listed === undefined) return m.poll_mine_unknown();
	return listed ? m.poll_mine_listed() : m.poll_mine_not_listed();
}
