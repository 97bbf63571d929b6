import type { MemberId, RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Author } from './permissions.ts';

export type AuthorshipRefusal = 'key-not-authorized' | 'role-not-held';

/** The member whose device signed a record; undefined for founder keys and joined devices, which act for nobody yet. */
export function authorMember(ledger: LedgerReader, record: LedgerRecord): MemberId | undefined {
	if (record.auth === null) return undefined;
	return ledger.find(record.auth, 'device.add')?.body.member;
}

/** ADM-4: the role a record's author acts under, from the records it cites (LEDGER 3.2 and 3.3). */
export function authorOf(ledger: LedgerReader, record: LedgerRecord): Result<Author, AuthorshipRefusal> {
	const authority = record.auth === null ? undefined : ledger.get(record.auth);
	if (authority?.type === 'genesis') return founderAuthor(authority, record);
	if (authority?.type === 'invite') return ok('newcomer');
	if (authority?.type === 'relay.add')
		return authority.body.key === record.by ? ok('relay') : err('key-not-authorized');
	if (authority?.type !== 'device.add' || authority.body.key !== record.by) return err('key-not-authorized');
	return grantedRole(ledger, record, authority.body.member);
}

/** LEDGER 2: in a poll, tellers and witnesses at stations are those whom it names. */
export function pollOffices(ledger: LedgerReader, record: LedgerRecord): readonly Author[] {
	const poll = 'poll' in record.body ? ledger.find(record.body.poll, 'poll.open') : undefined;
	const member = authorMember(ledger, record);
	if (!poll || member === undefined) return [];
	const { tellers, stations } = poll.body;
	return [
		...(tellers.includes(member) ? (['poll-teller'] as const) : []),
		...(stations.includes(member) ? (['poll-station'] as const) : []),
	];
}

function founderAuthor(genesis: LedgerRecord<'genesis'>, record: LedgerRecord): Result<Author, AuthorshipRefusal> {
	if (!genesis.body.founders.includes(record.by)) return err('key-not-authorized');
	return citedGrant(record) === undefined ? ok('founder') : err('role-not-held');
}

function grantedRole(ledger: LedgerReader, record: LedgerRecord, member: MemberId): Result<Author, AuthorshipRefusal> {
	const cited = citedGrant(record);
	if (cited === undefined) return ok('member');
	const grant = ledger.find(cited, 'role.grant');
	return grant?.body.member === member ? ok(grant.body.role) : err('role-not-held');
}

/** The `role.grant` a record is written under; undefined for a plain member. */
export function citedGrant(record: LedgerRecord): RecordId | undefined {
	return 'as' in record.body ? record.body.as : undefined;
}
