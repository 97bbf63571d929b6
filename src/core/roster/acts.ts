import { encodeMemberBlob } from '../ledger/blobs.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { BlobHash, DeviceKey, MemberId, RecordId, MeetingId } from '../kernel/ids.ts';
import { cardField, type Card, type GRID_KINDS } from './records.ts';
import type { GrantableRole } from './roles.ts';
import type { Newcomer } from './state.ts';

/** A key holder's proof, made by the signer port before the act: `possessionMessage` signed by the new key. */
export interface Introduction {
	readonly key: DeviceKey;
	readonly pop: Uint8Array;
}

/** Where somebody lives, by places. */
export interface Home {
	readonly courtyard?: RecordId;
	readonly household?: RecordId;
}

export interface Founding {
	readonly name: string;
	readonly kind: (typeof GRID_KINDS)[number];
	/** 16 random bytes. */
	readonly nonce: Uint8Array;
	/** Keys of those who found with the author, collected before signing; none can be added later. */
	readonly cofounders?: readonly DeviceKey[];
	/** How many founders must agree to end a convener's rights. */
	readonly quorum?: number;
}

/** Writes genesis; its id is the grid. */
export function foundGrid(composer: Composer, founding: Founding): RecordId {
	const { name, kind, nonce, cofounders = [], quorum = 1 } = founding;
	const founders = [composer.key, ...cofounders];
	const grid = composer.add('genesis', { name, kind, founders, quorum, rules: 1, nonce });
	composer.actUnder(grid, grid);
	return grid;
}

/** The founder becomes a member and the convener, and from here on acts under the own device. */
export function admitFounder(
	composer: Composer,
	grid: RecordId,
	pop: Uint8Array,
	card: Card,
	salt: Uint8Array,
): MemberId {
	const member = addMember(composer, composer.blob(encodeMemberBlob(cardField, card, salt)), undefined);
	const device = composer.add('device.add', { member, key: composer.key, via: grid, pop });
	composer.add('role.grant', { member, role: 'convener' });
	composer.actUnder(grid, device);
	return member;
}

/** `courtyard`: a delegate invites into the own one. */
export function inviteMembers(
	composer: Composer,
	as: RecordId | undefined,
	ikey: DeviceKey,
	max: number,
	courtyard?: RecordId,
): RecordId {
	return composer.add('invite', { ...cited(as), ikey, max, ...(courtyard === undefined ? {} : { courtyard }) });
}

/** The author's `auth` is the invite. `proof`: `invitationMessage` signed by the invitation's key. */
export function joinCorner(
	composer: Composer,
	introduction: Introduction,
	proof: Uint8Array,
	card: Card,
	salt: Uint8Array,
): RecordId {
	const blob = composer.blob(encodeMemberBlob(cardField, card, salt));
	return composer.add('join', { key: introduction.key, pop: introduction.pop, proof, card: blob });
}

/** Puts a joined device on the roster: a new member with the card the newcomer wrote, and the device. */
export function admitNewcomer(
	composer: Composer,
	as: RecordId | undefined,
	newcomer: Newcomer,
	pop: Uint8Array,
	home: Home = {},
): MemberId {
	const member = addMember(composer, newcomer.card, as, home);
	composer.add('device.add', { ...cited(as), member, key: newcomer.key, via: newcomer.join, pop });
	return member;
}

/** A member without a phone: counted by hand, never by device. */
export function addWithoutDevice(
	composer: Composer,
	as: RecordId | undefined,
	card: Card,
	salt: Uint8Array,
	home: Home = {},
): MemberId {
	return addMember(composer, composer.blob(encodeMemberBlob(cardField, card, salt)), as, home);
}

export function grantRole(
	composer: Composer,
	as: RecordId | undefined,
	member: MemberId,
	role: GrantableRole,
	courtyard?: RecordId,
): RecordId {
	return composer.add('role.grant', { ...cited(as), member, role, ...(courtyard === undefined ? {} : { courtyard }) });
}

/** MEET-2: somebody presides over one meeting. */
export function appointChair(
	composer: Composer,
	as: RecordId | undefined,
	member: MemberId,
	meeting: MeetingId,
): RecordId {
	return composer.add('role.grant', { ...cited(as), member, role: 'chair', meeting });
}

function addMember(composer: Composer, card: BlobHash, as: RecordId | undefined, home: Home = {}): MemberId {
	return composer.add('member.add', { ...cited(as), card, ...home, heads: 1, area: 0 });
}
