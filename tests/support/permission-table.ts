import type { RecordType } from '#core/ledger/registry.ts';
import type { Author } from '#core/roster/permissions.ts';

/** LEDGER 2 once more, by hand: who may author what. T in brackets is a teller whom the poll names, r a relay. */
export const AUTHORS_BY_HAND: Readonly<Record<Exclude<RecordType, 'genesis'>, string>> = {
	invite: 'F C R D',
	join: 'N',
	'member.add': 'F C R D',
	'member.card': 'F C V R T S D M (T)',
	'member.home': 'F C R',
	'member.end': 'F C V R T S D M (T)',
	'device.revoke': 'F C V R T S D M (T)',
	'role.end': 'F C R',
	'relay.add': 'F C R',
	'relay.end': 'F C R',
	'place.add': 'F C R',
	'place.end': 'F C R',
	'device.add': 'F C V R T S D M (T)',
	'role.grant': 'F C',
	'topic.open': 'F C V R T S D M (T)',
	'topic.stage': 'C V',
	'text.freeze': 'C S D',
	'meeting.convene': 'C D',
	'meeting.open': 'C',
	'meeting.attendance': 'C S',
	'meeting.end': 'C',
	'poll.open': 'C',
	ballot: 'F C V R T S D M (T)',
	'hand.count': '(T)',
	'poll.close': 'C (T)',
	cosign: 'F C V R T S D M (T)',
	receipt: 'F C V R T S D M (T) (r)',
	consensus: 'C',
	'dissent.reply': 'C S',
	'minutes.freeze': 'C S',
	'minutes.approve': 'C',
	publish: 'C',
	'publish.correct': 'C',
	'publish.withdraw': 'C',
};

export const LETTERS: Readonly<Record<Author, string>> = {
	...{ founder: 'F', convener: 'C', reviewer: 'V', registrar: 'R', teller: 'T', secretary: 'S', delegate: 'D' },
	...{ member: 'M', observer: 'O', newcomer: 'N', 'poll-teller': '(T)', relay: '(r)' },
};
export const AUTHORS = Object.keys(LETTERS) as Author[];
export const TYPES_BY_HAND = Object.keys(AUTHORS_BY_HAND) as (keyof typeof AUTHORS_BY_HAND)[];

/** Whether a letter stands in a row of a table written by hand. */
export const names = (row: string, letter: string): boolean => row.split(' ').includes(letter);
