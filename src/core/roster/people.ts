import { groupBy } from '../kernel/group.ts';
import type { MemberId } from '../kernel/ids.ts';
import { rolesAmong } from './selectors.ts';
import type { Role } from './roles.ts';
import type { Device, Grant, Roster } from './state.ts';

/** What a list of members shows of one. */
export interface Entry {
	readonly devices: readonly Device[];
	readonly grants: readonly Grant[];
	/** Best first. */
	readonly roles: readonly Role[];
}

/** PEOPLE-1: the same answers as `devicesOf` and `rolesOf`, for all members in one walk: a list of 300 asks them all. */
export function entriesOf(roster: Roster): ReadonlyMap<MemberId, Entry> {
	const devices = groupBy([...roster.devices.values()].flat(), ({ member }) => member);
	const grants = groupBy(roster.grants, ({ member }) => member);
	return new Map(
		[...roster.members.keys()].map((member) => {
			const held = grants.get(member) ?? [];
			return [member, { devices: devices.get(member) ?? [], grants: held, roles: rolesAmong(held) }];
		}),
	);
}
