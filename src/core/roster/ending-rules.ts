import type { DeviceKey, MemberId, RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { RANK_OF_ROLE, type GrantableRole } from './roles.ts';
import { grantFor } from './selectors.ts';
import type { Device, Grant, Roster } from './state.ts';

/** As what somebody ends something: with the founder's key, in an office, or as the device alone (LEDGER 3.5). */
export type Capacity =
	| { readonly under: 'founder'; readonly needsQuorum: boolean }
	| { readonly under: 'office'; readonly as: RecordId }
	| { readonly under: 'device' };

export type EndingRefusal = 'rank-too-low' | 'founder-needed';

/** Whose phone this is. */
export interface Actor {
	readonly member: MemberId;
	readonly key: DeviceKey;
	/** The `device.add` its records cite. */
	readonly add: RecordId;
}

const ENDING_OFFICES = ['convener', 'registrar'] as const satisfies readonly GrantableRole[];

/** ROS-4: a device is ended from a strictly higher rank, by itself, or by the device that brought it in. */
export function mayRevokeDevice(roster: Roster, actor: Actor, device: Device): Result<Capacity, EndingRefusal> {
	const held = highestRank(roster, device.member);
	if (device.add === actor.add) return ok({ under: 'device' });
	const introduced = device.introducer === actor.add && highestRank(roster, actor.member) <= held;
	return introduced ? ok({ under: 'device' }) : fromAbove(roster, actor, held);
}

/** ROS-5: a member is ended from a strictly higher rank. */
export function mayEndMember(roster: Roster, actor: Actor, member: MemberId): Result<Capacity, EndingRefusal> {
	return fromAbove(roster, actor, highestRank(roster, member));
}

/** ROS-6: a role is ended from a strictly higher rank than the role's own. */
export function mayEndRole(roster: Roster, actor: Actor, grant: Grant): Result<Capacity, EndingRefusal> {
	return fromAbove(roster, actor, RANK_OF_ROLE[grant.role]);
}

/** ROS-7: a device that wants approval gets it from a device of its member, from a convener, or from a founder's key. */
export function mayApproveDevice(roster: Roster, actor: Actor, device: Device): Result<Capacity, EndingRefusal> {
	if (device.member === actor.member && device.add !== actor.add) return ok({ under: 'device' });
	const as = grantFor(roster, actor.member, 'convener');
	return as ? ok({ under: 'office', as }) : founderCapacity(roster, actor, false);
}

function fromAbove(roster: Roster, actor: Actor, held: number): Result<Capacity, EndingRefusal> {
	const office = ENDING_OFFICES.find((role) => RANK_OF_ROLE[role] < held && grantFor(roster, actor.member, role));
	const as = office && grantFor(roster, actor.member, office);
	return as ? ok({ under: 'office', as }) : founderCapacity(roster, actor, held <= RANK_OF_ROLE.convener);
}

function founderCapacity(roster: Roster, { key }: Actor, ofFirstRank: boolean): Result<Capacity, EndingRefusal> {
	const { grid } = roster;
	if (grid?.founders.includes(key)) return ok({ under: 'founder', needsQuorum: ofFirstRank && grid.quorum > 1 });
	return err(ofFirstRank ? 'founder-needed' : 'rank-too-low');
}

function highestRank(roster: Roster, member: MemberId): number {
	const ranks = roster.grants.filter((grant) => grant.member === member).map(({ role }) => RANK_OF_ROLE[role]);
	return Math.min(RANK_OF_ROLE.member, ...ranks);
}
