import { readFileSync } from 'node:fs';
import type { RecordType } from '#core/ledger/registry.ts';
import type { Author } from '#core/roster/permissions.ts';

const page = readFileSync(new URL('../../docs/PERMISSIONS.md', import.meta.url), 'utf8');

/** LEDGER 2 once more, by hand: the table of docs/PERMISSIONS.md, letters by record type. */
export const AUTHORS_BY_HAND = Object.fromEntries(
	[...page.matchAll(/^\| `([a-z.]+)` +\| ([^|]*?) +\|$/gm)]
		.map(([, type = '', letters = '']) => [type, letters])
		.filter(([type]) => type !== 'genesis'),
) as Readonly<Record<Exclude<RecordType, 'genesis'>, string>>;

export const LETTERS: Readonly<Record<Author, string>> = {
	...{
		founder: 'F',
		convener: 'C',
		reviewer: 'V',
		registrar: 'R',
		teller: 'T',
		secretary: 'S',
		delegate: 'D',
		chair: 'H',
	},
	...{ member: 'M', observer: 'O', newcomer: 'N', 'poll-teller': '(T)', 'poll-station': '(W)', relay: '(r)' },
};
export const AUTHORS = Object.keys(LETTERS) as Author[];
export const TYPES_BY_HAND = Object.keys(AUTHORS_BY_HAND) as (keyof typeof AUTHORS_BY_HAND)[];

/** Whether a letter stands in a row of a table written by hand. */
export const names = (row: string, letter: string): boolean => row.split(' ').includes(letter);
