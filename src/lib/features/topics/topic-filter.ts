import { m } from '#lib/i18n/paraglide/messages.js';
import type { Standing } from './standing.ts';

export type Filter = 'all' | 'talking' | 'voting' | 'decided' | 'public';

/** In the order in which a topic goes through them. */
export const FILTERS: readonly { readonly value: Filter; readonly label: () => string }[] = [
	{ value: 'all', label: m.topic_filter_all },
	{ value: 'talking', label: m.topic_filter_talking },
	{ value: 'voting', label: m.topic_filter_voting },
	{ value: 'decided', label: m.topic_filter_decided },
	{ value: 'public', label: m.topic_filter_public },
];

const GROUP: Readonly<Record<Standing, Filter>> = {
	...{ writing: 'talking', frozen: 'talking', agreeing: 'talking' },
	...{ voting: 'voting', counting: 'voting' },
	...{ 'not-passed': 'decided', decided: 'decided', recorded: 'decided', seconding: 'decided' },
	...{ published: 'public', withdrawn: 'public' },
};

/** Whether a topic is among those asked for: by where it stands, and by words of its title. */
export function isShown(standing: Standing, title: string, filter: Filter, wanted: string): boolean {
	const words = wanted.trim().toLowerCase();
	return (filter === 'all' || GROUP[standing] === filter) && title.toLowerCase().includes(words);
}
