import type { BlobHash, DeviceKey, MemberId, RecordId } from '../kernel/ids.ts';
import type { EndReason } from './records.ts';
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
	/** Member blob with the name: the newest card. */
	readonly card: BlobHash;
	/** The `member.card` records that stand, which the next one replaces; none while the first card does. */
	readonly cards: readonly RecordId[];
	/** The `place.add` of the courtyard. */
	readonly courtyard: RecordId | undefined;
	readonly household: RecordId | undefined;
	/** The `member.home` records that stand, which the next one replaces; none while nobody moved. */
	readonly homes: readonly RecordId[];
}
export interface Device {
	readonly key: DeviceKey;
	readonly member: MemberId;
	/** The `device.add` that its records cite. */
	readonly add: RecordId;
	/** The `device.add` of the device that brought it in; undefined for a founder's. */
	readonly introducer: RecordId | undefined;
}
/** What was ended, by which records. */
export interface Ending {
	readonly by: RecordId;
	readonly author: MemberId | undefined;
	readonly reason: EndReason;
	/** Claimed milliseconds; for display. */
	readonly at: number;
}
export interface RevokedDevice extends Device {
	readonly endings: readonly Ending[];
}
export interface FormerMember extends CouncilMember {
	readonly endings: readonly Ending[];
}
export interface Grant {
	readonly id: RecordId;
	readonly member: MemberId;
	readonly role: GrantableRole;
	/** Where a delegate's right holds. */
	readonly courtyard: RecordId | undefined;
	/** Which meeting a chair presides over. */
	readonly meeting: RecordId | undefined;
}
/** A joined device; it waits until somebody admits it (等待登记). */
export interface Newcomer {
	readonly join: RecordId;
	readonly key: DeviceKey;
	readonly card: BlobHash;
	readonly invite: RecordId;
}
export interface RelayEntry {
	/** The `relay.add`. */
	readonly id: RecordId;
	readonly key: DeviceKey;
	readonly name: string;
}
export interface Roster {
	readonly grid: Grid | undefined;
	/** Members now; who left is in `former`. */
	readonly members: ReadonlyMap<MemberId, CouncilMember>;
	readonly former: ReadonlyMap<MemberId, FormerMember>;
	/** Devices of members that may act now. */
	readonly devices: ReadonlyMap<DeviceKey, readonly Device[]>;
	readonly revoked: readonly RevokedDevice[];
	/** Added by an officer to a member who has a device; without weight until approved (VALID-6). */
	readonly unapproved: readonly Device[];
	readonly grants: readonly Grant[];
	/** Joined and not yet admitted. */
	readonly newcomers: readonly Newcomer[];
	readonly invites: readonly RecordId[];
	readonly relays: readonly RelayEntry[];
}
