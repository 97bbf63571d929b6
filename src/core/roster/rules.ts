import type { MeetingId, MemberId, RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { RecordType } from '../ledger/registry.ts';
import { mayAuthor } from './permissions.ts';
import { GRANTABLE_ROLES, outranks, type GrantableRole, type Role } from './roles.ts';
import { grantFor, rolesOf } from './selectors.ts';
import type { Roster } from './state.ts';

/** The grant to cite; undefined when plain membership is enough. */
export type Permission = RecordId | undefined;
export type NotPermitted = 'not-permitted';

/** ROS-1 as a question: under which grant may this member write that type? A chair may within these meetings. */
export function permission(
	roster: Roster,
	member: MemberId | undefined,
	type: RecordType,
	meetings: readonly MeetingId[] = [],
): Result<Permission, NotPermitted> {
	if (member === undefined) return err('not-permitted');
	if (mayAuthor(type, 'member') && rolesOf(roster, member).includes('member')) return ok(undefined);
	const own = roster.grants.filter((grant) => grant.member === member && mayAuthor(type, grant.role));
	const held = own.filter(({ role, meeting }) => role !== 'chair' || meetings.some((id) => id === meeting));
	const role = GRANTABLE_ROLES.find((role) => held.some((grant) => grant.role === role));
	return role ? ok(held.find((grant) => grant.role === role)?.id) : err('not-permitted');
}

/** ROS-3: a role is granted only from strictly above. */
export function mayGrantRole(
	roster: Roster,
	member: MemberId | undefined,
	role: GrantableRole,
): Result<Permission, NotPermitted> {
	if (member === undefined) return err('not-permitted');
	const own = rolesOf(roster, member).find((held: Role) => mayAuthor('role.grant', held) && outranks(held, role));
	return own ? ok(grantFor(roster, member, own as GrantableRole)) : err('not-permitted');
}

/** ROS-10: a delegate speaks for one courtyard, and could bring nobody in without it. */
export function mayAppoint(
	roster: Roster,
	member: MemberId | undefined,
	role: GrantableRole,
	courtyard: RecordId | undefined,
): Result<Permission, NotPermitted | 'courtyard-needed'> {
	if (role === 'delegate' && courtyard === undefined) return err('courtyard-needed');
	return mayGrantRole(roster, member, role);
}

/** PEOPLE-3: the own card, or anybody's as who keeps the roster. */
export function mayChangeCard(
	roster: Roster,
	member: MemberId | undefined,
	whose: MemberId,
): Result<Permission, NotPermitted> {
	return member === whose ? permission(roster, member, 'member.card') : mayKeepRoster(roster, member);
}

/** PEOPLE-3: registering a further phone of somebody else, or changing their card, is for who keeps the roster. */
export function mayKeepRoster(roster: Roster, member: MemberId | undefined): Result<Permission, NotPermitted> {
	if (member === undefined) return err('not-permitted');
	const office = (['convener', 'registrar'] as const).find((role) => grantFor(roster, member, role));
	return office ? ok(grantFor(roster, member, office)) : err('not-permitted');
}

/** PEOPLE-3: the only courtyard into which this grant brings people: a delegate's own; undefined where any will do. */
export function boundCourtyard(roster: Roster, as: Permission): RecordId | undefined {
	const grant = roster.grants.find(({ id }) => id === as);
	return grant?.role === 'delegate' ? grant.courtyard : undefined;
}
