import type { MemberId, RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { RecordType } from '../ledger/registry.ts';
import { mayAuthor } from './permissions.ts';
import { GRANTABLE_ROLES, outranks, type GrantableRole, type Role } from './roles.ts';
import { grantFor, rolesOf } from './selectors.ts';
import type { Roster } from './state.ts';

/** The grant to cite; undefined when plain membership is enough. */
export type Permission = RecordId | undefined;
export type NotPermitted = 'not-permitted';

/** ROS-1 as a question: under which grant may this member write that type? */
export function permission(
	roster: Roster,
	member: MemberId | undefined,
	type: RecordType,
): Result<Permission, NotPermitted> {
	if (member === undefined) return err('not-permitted');
	if (mayAuthor(type, 'member') && rolesOf(roster, member).includes('member')) return ok(undefined);
	const role = GRANTABLE_ROLES.find((role) => mayAuthor(type, role) && grantFor(roster, member, role));
	return role ? ok(grantFor(roster, member, role)) : err('not-permitted');
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
