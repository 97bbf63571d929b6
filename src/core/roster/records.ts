import {
	bytes,
	id,
	key,
	list,
	memberBlob,
	object,
	oneOf,
	optional,
	text,
	uint,
	type BodyOf,
} from '../kernel/fields.ts';
import { GRANTABLE_ROLES } from './roles.ts';

/** 居民 / 专属 / 农村网格. */
export const GRID_KINDS = ['residential', 'dedicated', 'rural'] as const;

/** Who belongs, with which devices and roles (LEDGER 2). Names live in the card, a member blob. */
export const rosterRecords = {
	genesis: {
		name: text(60),
		kind: oneOf(GRID_KINDS),
		founders: list(key, 9),
		quorum: uint,
		parent: optional(id),
		rules: uint,
		nonce: bytes(16),
	},
	/** `ikey` is the public key derived from the 128-bit secret in the link's fragment; `max` is advice to the relay. */
	invite: { as: optional(id), ikey: key, max: uint },
	/** `pop`: the new key signs (grid, invite, key). `proof`: the invite's key signs the new key. */
	join: { key, pop: bytes(64), proof: bytes(64), card: memberBlob },
	'member.add': { as: optional(id), card: memberBlob, household: optional(text(40)), heads: uint, area: uint },
	/** `via`: the join, the introducing device's `device.add`, or genesis for founders. */
	'device.add': { as: optional(id), member: id, key, via: id, pop: bytes(64) },
	'role.grant': { as: optional(id), member: id, role: oneOf(GRANTABLE_ROLES) },
} as const;

const cardFields = { name: text(40), building: text(40), title: optional(text(40)) };
/** Who a member is, for members only. `title` (网格员, 物业 …) is shown and never a right. */
export type Card = BodyOf<typeof cardFields>;
/** What a member blob of field `card` holds, after 16 bytes of salt. */
export const cardField = object(cardFields);
