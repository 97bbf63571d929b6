import { compareText, type BlobHash, type DeviceKey, type MemberId, type RecordId } from '../kernel/ids.ts';
import type { GrantableRole, Role } from './roles.ts';
import { RANK_OF_ROLE } from './roles.ts';
import type { Device, Grant, Roster } from './state.ts';

/** The device entry a key acts under; the first by id if there are several. */
export function deviceOf(roster: Roster, key: DeviceKey): Device | undefined {
	return [...(roster.devices.get(key) ?? [])].sort((a, b) => compareText(a.add, b.add))[0];
}

export function devicesOf(roster: Roster, member: MemberId): readonly Device[] {
	return [...roster.devices.values()].flat().filter((device) => device.member === member);
}

/** The newest card of a member, also of one who left. */
export function cardOf({ members, former }: Roster, member: MemberId | undefined): BlobHash | undefined {
	return member && (members.get(member) ?? former.get(member))?.card;
}

/** The grant to cite for acting under a role, if the member holds it. */
export function grantFor(roster: Roster, member: MemberId, role: GrantableRole): RecordId | undefined {
	return roster.grants.find((grant) => grant.member === member && grant.role === role)?.id;
}

/** Best first. Somebody who holds nothing but `observer` reads only, and is no plain member beside it (ROS-2). */
export function rolesOf(roster: Roster, member: MemberId): readonly Role[] {
	return rolesAmong(roster.grants.filter((grant) => grant.member === member));
}

/** The roles of a member who holds these grants, best first. */
export function rolesAmong(grants: readonly Grant[]): readonly Role[] {
	const granted = grants.map(({ role }) => role);
	const observes = granted.length > 0 && granted.every((role) => role === 'observer');
	const held = new Set<Role>(observes ? granted : [...granted, 'member']);
	return [...held].sort((a, b) => RANK_OF_ROLE[a] - RANK_OF_ROLE[b]);
}

export function membersWith(roster: Roster, role: GrantableRole): readonly MemberId[] {
	return [...new Set(roster.grants.filter((grant) => grant.role === role).map(({ member }) => member))];
}

/** What a key is to a relay: founder, its member's best role, newcomer, or nobody. */
export function roleOfKey(roster: Roster, key: DeviceKey): Role | undefined {
	const device = deviceOf(roster, key);
	if (device) return rolesOf(roster, device.member)[0];
	if (roster.grid?.founders.includes(key)) return 'founder';
	return roster.newcomers.some((newcomer) => newcomer.key === key) ? 'newcomer' : undefined;
}
