import type { Entry } from '#core/roster/people.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

export const FILTERS = [
	{ value: 'all', label: m.people_filter_all },
	{ value: 'office', label: m.people_filter_office },
	{ value: 'without-phone', label: m.people_filter_without_phone },
	{ value: 'several-phones', label: m.people_filter_several_phones },
] as const;
export type Filter = (typeof FILTERS)[number]['value'];

/** A member as the list looks for one: what is on the card, in one line. */
export interface Searched {
	readonly entry: Entry;
	readonly words: string;
}

/** Every word that was typed stands somewhere on the card. */
export function isShown({ entry, words }: Searched, filter: Filter, wanted: string): boolean {
	const card = words.toLowerCase();
	const typed = wanted.toLowerCase().split(/\s+/).filter(Boolean);
	return passes(entry, filter) && typed.every((word) => card.includes(word));
}

function passes({ devices, grants }: Entry, filter: Filter): boolean {
	switch (filter) {
		case 'all':
			return true;
		case 'office':
			return grants.length > 0;
		case 'without-phone':
			return devices.length === 0;
		case 'several-phones':
			return devices.length > 1;
	}
}
