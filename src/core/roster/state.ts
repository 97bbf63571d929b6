import type { BlobHash, DeviceKey, MemberId, RecordId } from '../kernel/ids.ts';
import type { GrantableRole } from './roles.ts';

export interface Grid {
	readonly id: RecordId;
	readonly name: string;
	readonly kind: string;
	readonly founders: readonly DeviceKey[];
	readonly quorum: number;
}
export interface CouncilMember {
	readonly id: MemberId;
	/** Member blob with the name. */
	readonly card: BlobHash;
}
export interface Device {
	readonly key: DeviceKey;
	readonly member: MemberId;
	/** The `device.add` that its records cite. */
	readonly add: RecordId;
}
export interface Grant {
	readonly id: RecordId;
	readonly member: MemberId;
	readonly role: GrantableRole;
}
/** A joined device; it waits until somebody admits it (等待登记). */
export interface Newcomer {
	readonly join: RecordId;
	readonly key: DeviceKey;
	readonly card: BlobHash;
	readonly invite: RecordId;
}
export interface Roster {
	readonly grid: Grid | undefined;
	readonly members: ReadonlyMap<MemberId, CouncilMember>;
	readonly devices: ReadonlyMap<DeviceKey, readonly Device[]>;
	readonly grants: readonly Grant[];
	/** Joined and not yet admitted. */
	readonly newcomers: readonly Newcomer[];
	readonly invites: readonly RecordId[];
}
