import { figure, MEASURES, type CountName, type Counts } from '#core/polls/counts.ts';

import { m } from '#lib/i18n/paraglide/messages.js';
import { countWord } from './count-words.ts';

/** 同意：重新数 14，公布 15 */
export function differences(recounted: Counts, declared: Counts): string {
	const parts = MEASURES.flatMap((measure) => {
		const [anew, said] = [recounted[measure], declared[measure]];
		const names = (Object.keys(said) as CountName[]).filter((name) => anew[name] !== said[name]);
		const shown = (value: number) => figure(measure, value);
		return names.map((name) =>
			m.poll_audit_difference({ name: countWord(name), recounted: shown(anew[name]), declared: shown(said[name]) }),
		);
	});
	return [...new Set(parts)].join(m.poll_audit_separator());
}

/** Whether my own ballot is in the list that was counted. */
export function receiptOf(listed: boolean | undefined): string {
	if (listed === undefined) return m.poll_mine_unknown();
	return listed ? m.poll_mine_listed() : m.poll_mine_not_listed();
}
