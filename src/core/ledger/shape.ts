import { equalBytes, type RecordId } from '../kernel/ids.ts';
import { authorMember, authorOf, citedGrant } from '../roster/authorship.ts';
import { outranks, type Role } from '../roster/roles.ts';
import { staysInMeeting } from '../meetings/presiding.ts';
import { isPollWellFormed } from '../polls/well-formed.ts';
import type { Ledger } from './ledger.ts';
import type { LedgerRecord } from './record.ts';

export type ShapeRefusal =
	| 'join-malformed'
	| 'key-introduction-invalid'
	| 'not-own-member'
	| 'not-own-courtyard'
	| 'too-many-generations'
	| 'rank-too-low'
	| 'not-own-meeting'
	| 'poll-malformed'
	| 'choice-not-offered'
	| 'not-own-station';

/** ADM-5, LEDGER 3.3: what the fields of one type must say of each other and of the records they cite. */
export function shapeRefusal(ledger: Ledger, record: LedgerRecord): ShapeRefusal | undefined {
	return bodyRefusal(ledger, record) ?? (staysInMeeting(ledger, record) ? undefined : 'not-own-meeting');
}

function bodyRefusal(ledger: Ledger, record: LedgerRecord): ShapeRefusal | undefined {
	switch (record.type) {
		case 'join':
			return ownKey(record) ? undefined : 'join-malformed';
		case 'device.add':
			return introductionRefusal(ledger, record);
		case 'role.grant':
			return grantRefusal(ledger, record);
		case 'member.card':
			return cardRefusal(ledger, record);
		case 'member.add':
		case 'invite':
			return courtyardRefusal(ledger, record, record.body.courtyard);
		case 'poll.open':
			return isPollWellFormed(record) ? undefined : 'poll-malformed';
		case 'ballot':
			return isChoiceOffered(ledger, record) ? undefined : 'choice-not-offered';
		case 'seal':
			return authorMember(ledger, record) === record.body.station ? undefined : 'not-own-station';
		default:
			return undefined;
	}
}

function ownKey(join: LedgerRecord<'join'>): boolean {
	return join.body.key === join.by && join.seq === 0;
}

/** The key was introduced by its own join, by founding, or by another device of the same member. */
function introductionRefusal(ledger: Ledger, add: LedgerRecord<'device.add'>): ShapeRefusal | undefined {
	const { via, key, pop, member } = add.body;
	const introduction = ledger.get(via);
	if (introduction?.type === 'join') {
		const same = introduction.body.key === key && equalBytes(introduction.body.pop, pop);
		if (!same) return 'key-introduction-invalid';
	} else if (introduction?.type === 'genesis') {
		if (!introduction.body.founders.includes(key)) return 'key-introduction-invalid';
	} else if (introduction?.type !== 'device.add' || introduction.body.member !== member) {
		return 'key-introduction-invalid';
	}
	return introducerRefusal(ledger, add);
}

function introducerRefusal(ledger: Ledger, add: LedgerRecord<'device.add'>): ShapeRefusal | undefined {
	if (authorMember(ledger, add) === add.body.member)
		return generationOf(ledger, add) > MAX_GENERATIONS ? 'too-many-generations' : undefined;
	const author = authorOf(ledger, add);
	if (author.ok && isOfficeOfRoster(author.value)) return undefined;
	if (!author.ok || author.value !== 'delegate') return 'not-own-member';
	return courtyardRefusal(ledger, add, ledger.find(add.body.member, 'member.add')?.body.courtyard);
}

/** Nobody needs a longer line of phones that each brought in the next, and whoever judges one must walk it. */
const MAX_GENERATIONS = 16;

function generationOf(ledger: Ledger, add: LedgerRecord<'device.add'>): number {
	let generation = 0;
	for (let device = introducerOf(ledger, add); device?.body.member === add.body.member; generation++)
		device = introducerOf(ledger, device);
	return generation;
}

const introducerOf = (ledger: Ledger, add: LedgerRecord<'device.add'>) =>
	ledger.find(add.auth ?? undefined, 'device.add');

const isOfficeOfRoster = (author: string) => ['founder', 'convener', 'registrar'].includes(author);

/** A member writes the own card; who keeps the roster, anybody's. */
function cardRefusal(ledger: Ledger, card: LedgerRecord<'member.card'>): ShapeRefusal | undefined {
	const author = authorOf(ledger, card);
	const officer = author.ok && isOfficeOfRoster(author.value);
	return officer || authorMember(ledger, card) === card.body.member ? undefined : 'not-own-member';
}

/** LEDGER 2: a delegate brings in only people of the own courtyard. */
function courtyardRefusal(
	ledger: Ledger,
	record: LedgerRecord,
	courtyard: RecordId | undefined,
): ShapeRefusal | undefined {
	const grant = ledger.find(citedGrant(record), 'role.grant');
	if (grant?.body.role !== 'delegate') return undefined;
	return grant.body.courtyard !== undefined && grant.body.courtyard === courtyard ? undefined : 'not-own-courtyard';
}

function grantRefusal(ledger: Ledger, grant: LedgerRecord<'role.grant'>): ShapeRefusal | undefined {
	const author = authorOf(ledger, grant);
	if (!author.ok || !outranks(author.value as Role, grant.body.role)) return 'rank-too-low';
	return (grant.body.role === 'chair') === (grant.body.meeting !== undefined) ? undefined : 'not-own-meeting';
}

/** Of a motion not every answer need be allowed; in a choice one may always want none, or say nothing. */
function isChoiceOffered(ledger: Ledger, { body }: LedgerRecord<'ballot'>): boolean {
	const poll = ledger.find(body.poll, 'poll.open')?.body;
	return poll !== undefined && (poll.form !== 'motion' || poll.options.includes(body.choice));
}
