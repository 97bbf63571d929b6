import type { RecordType } from '#core/ledger/registry.ts';
import type { Author } from '#core/roster/permissions.ts';

/** LEDGER 2 once more, by hand: who may author what. T and W in brackets are a teller and a
 * witness whom the poll names, r a relay. */
export const AUTHORS_BY_HAND: Readonly<Record<Exclude<RecordType, 'genesis'>, string>> = {
	invite: 'F C R D',
	join: 'N',
	'member.add': 'F C R D',
	'member.card': 'F C V R T S D M (T) (W)',
	'member.home': 'F C R',
	'member.end': 'F C V R T S D M (T) (W)',
	'device.revoke': 'F C V R T S D M (T) (W)',
	'role.end': 'F C R',
	'relay.add': 'F C R',
	'relay.end': 'F C R',
	'place.add': 'F C R',
	'place.end': 'F C R',
	'device.add': 'F C V R T S D M (T) (W)',
	'role.grant': 'F C',
	'topic.open': 'F C V R T S D M (T) (W)',
	'topic.stage': 'C V',
	'text.freeze': 'C S D',
	'meeting.convene': 'C D',
	'meeting.open': 'C',
	'meeting.attendance': 'C S',
	'meeting.end': 'C',
	'poll.open': 'C',
	ballot: 'F C V R T S D M (T) (W)',
	'poll.cancel': 'C',
	'paper.ballot': '(T)',
	'hand.count': '(T)',
	'proxy.give': 'F C V R T S D M (T) (W)',
	'proxy.end': 'F C V R T S D M (T) (W)',
	seal: '(W)',
	objection: 'F C V R T S D M (T) (W)',
	'poll.close': 'C (T)',
	cosign: 'F C V R T S D M (T) (W)',
	receipt: 'F C V R T S D M (T) (W) (r)',
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
	...{ member: 'M', observer: 'O', newcomer: 'N', 'poll-teller': '(T)', 'poll-station': '(W)', relay: '(r)' },
};
export const AUTHORS = Object.keys(LETTERS) as Author[];
export const TYPES_BY_HAND = Object.keys(AUTHORS_BY_HAND) as (keyof typeof AUTHORS_BY_HAND)[];

/** Whether a letter stands in a row of a table written by hand. */
export const names = (row: string, letter: string): boolean => row.split(' ').includes(letter);
