import { clockTime, dateAndTime, shortDate } from '#lib/i18n/dates.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { DraftVersion } from '#lib/session/drafts/draft-archive.svelte.ts';

export function versionTitle({ kind, name = '', from, to }: DraftVersion): string {
	switch (kind) {
		case 'named':
			return name;
		case 'frozen':
			return m.drafts_version_frozen({ hash: name });
		case 'before-removal':
			return m.drafts_version_before_removal();
		case 'sitting':
			return sittingTime(from, to);
	}
}

export function versionMeta({ kind, to }: DraftVersion, names: readonly string[]): string {
	const who = names.join(m.drafts_name_separator());
	if (kind === 'frozen') return m.drafts_version_frozen_meta({ when: dateAndTime(to) });
	if (kind === 'named') return m.drafts_version_named_by({ name: who, when: dateAndTime(to) });
	const by = who === '' ? m.drafts_version_by_nobody() : m.drafts_version_by({ names: who });
	return kind === 'before-removal' ? m.drafts_version_meta({ when: dateAndTime(to), by }) : by;
}

/** 12月5日 19:00–19:40 */
function sittingTime(from: number, to: number): string {
	const [first, last] = [clockTime(from), clockTime(to)];
	if (shortDate(from) === shortDate(to) && first !== last) return `${dateAndTime(from)}–${last}`;
	return dateAndTime(to);
}
