import type { RecordType } from '../ledger/registry.ts';
import type { Role } from './roles.ts';

/**
 * ROS-1, LEDGER 2: who may write what. Default-deny: a pair that is not named here is refused.
 * `poll-teller` and `poll-station` are members whom the poll names so; no grant is needed for that. `relay` carries
 * records and signs nothing but receipts.
 */
export type Author = Role | 'poll-teller' | 'poll-station' | 'relay';

const ANY_MEMBER: readonly Author[] = [
	'founder',
	'convener',
	'reviewer',
	'registrar',
	'teller',
	'secretary',
	'delegate',
	'chair',
	'member',
];

const AUTHORS: Readonly<Record<RecordType, readonly Author[]>> = {
	genesis: ['founder'],
	invite: ['founder', 'convener', 'registrar', 'delegate'],
	join: ['newcomer'],
	'member.add': ['founder', 'convener', 'registrar', 'delegate'],
	'member.card': ANY_MEMBER,
	'member.home': ['founder', 'convener', 'registrar'],
	'member.end': ANY_MEMBER,
	'device.add': ANY_MEMBER,
	'device.revoke': ANY_MEMBER,
	'role.grant': ['founder', 'convener'],
	'role.end': ['founder', 'convener', 'registrar'],
	'relay.add': ['founder', 'convener', 'registrar'],
	'relay.end': ['founder', 'convener', 'registrar'],
	'place.add': ['founder', 'convener', 'registrar'],
	'place.end': ['founder', 'convener', 'registrar'],
	'topic.open': ANY_MEMBER,
	'topic.stage': ['convener', 'reviewer'],
	'text.freeze': ['convener', 'secretary', 'delegate'],
	'meeting.convene': ['convener', 'delegate'],
	'meeting.open': ['convener', 'chair'],
	'meeting.attendance': ['convener', 'secretary', 'chair'],
	'meeting.end': ['convener', 'chair'],
	'poll.open': ['convener', 'chair'],
	'poll.cancel': ['convener'],
	ballot: ANY_MEMBER,
	'paper.ballot': ['poll-teller'],
	'hand.count': ['poll-teller'],
	'proxy.give': ANY_MEMBER,
	'proxy.end': ANY_MEMBER,
	seal: ['poll-station'],
	'poll.close': ['convener', 'chair', 'poll-teller'],
	objection: ANY_MEMBER,
	cosign: ANY_MEMBER,
	receipt: [...ANY_MEMBER, 'relay'],
	consensus: ['convener'],
	'dissent.reply': ['convener', 'secretary'],
	'minutes.freeze': ['convener', 'secretary', 'chair'],
	'minutes.approve': ['convener'],
	publish: ['convener'],
	'publish.correct': ['convener'],
	'publish.withdraw': ['convener'],
};

export const mayAuthor = (type: RecordType, author: Author): boolean => AUTHORS[type].includes(author);

/** Document kinds a relay serves (LEDGER 2, "Relay access"). */
export const DOCUMENT_KINDS = ['ledger', 'topic', 'minutes'] as const;
export type DocumentKind = (typeof DOCUMENT_KINDS)[number];
export type Access = 'none' | 'read' | 'write';

/** What a key that comes to a relay is there: somebody of the grid, or another relay that carries for it. */
export type CallerRole = Role | 'relay';

/**
 * ROS-2, LINK-1: what a connection of this role may do with a document. A newcomer reads structure and offers only its
 * join; a relay carries everything, and what it signs itself the table above decides.
 */
export function accessTo(kind: DocumentKind, role: CallerRole): Access {
	if (role === 'newcomer') return kind === 'ledger' ? 'read' : 'none';
	return role === 'observer' ? 'read' : 'write';
}
