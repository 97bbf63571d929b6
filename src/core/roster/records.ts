import {
	bytes,
	id,
	key,
	list,
	memberBlob,
	nullable,
	object,
	oneOf,
	optional,
	publicBlob,
	text,
	tuple,
	uint,
	type BodyOf,
} from '../kernel/fields.ts';
import type { DeviceKey, PollId, RecordId } from '../kernel/ids.ts';
import { GRANTABLE_ROLES } from './roles.ts';

/** 居民 / 专属 / 农村网格. */
export const GRID_KINDS = ['residential', 'dedicated', 'rural'] as const;

/** Why something was ended; shown, and decides nothing. */
export const END_REASONS = [
	'lost',
	'stolen',
	'replaced',
	'moved-away',
	'deceased',
	'term-ended',
	'resigned',
	'misuse',
	'mistake',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** The last record of a device's chain that still stands, in one scope (null: structure). */
export type Cut = readonly [key: DeviceKey, scope: PollId | null, lastGood: RecordId];
const cut = tuple(key, nullable(id), id);
/** What the blob of a long list of cuts holds. */
export const cutListField = list(cut, 20_000);
/** LEDGER 3.4. A scope that `cuts` does not name keeps nothing. `cutList` stands in for more than a hundred cuts. */
const revocation = {
	as: optional(id),
	target: id,
	cuts: list(cut, 100),
	cutList: optional(publicBlob),
	reason: oneOf(END_REASONS),
};

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
	invite: { as: optional(id), ikey: key, courtyard: optional(id), max: uint },
	/** `pop`: the new key signs (grid, invite, key). `proof`: the invite's key signs the new key. */
	join: { key, pop: bytes(64), proof: bytes(64), card: memberBlob },
	/** `household` and `courtyard` name places. `area` in hundredths of a square metre. */
	'member.add': {
		as: optional(id),
		card: memberBlob,
		household: optional(id),
		courtyard: optional(id),
		heads: uint,
		area: uint,
	},
	/** A newer card; the member's own device writes it, or the registrar. */
	'member.card': { as: optional(id), member: id, card: memberBlob, after: list(id) },
	/** Where a member lives from now on; what it does not name is nowhere. */
	'member.home': {
		as: optional(id),
		member: id,
		household: optional(id),
		courtyard: optional(id),
		after: list(id),
	},
	'member.end': revocation,
	/** `via`: the join, the introducing device's `device.add`, or genesis for founders. */
	'device.add': { as: optional(id), member: id, key, via: id, pop: bytes(64) },
	'device.revoke': revocation,
	/** `courtyard`: where a delegate's right holds. */
	/** `courtyard`: a delegate's own. `meeting`: the one that a chair presides over. */
	'role.grant': {
		as: optional(id),
		member: id,
		role: oneOf(GRANTABLE_ROLES),
		courtyard: optional(id),
		meeting: optional(id),
	},
	'role.end': revocation,
	/** A relay may carry, and author nothing but receipts. `fingerprint`: SHA-256 of its certificate, or of its key. */
	'relay.add': { as: optional(id), key, name: text(60), fingerprint: bytes(32) },
	'relay.end': { as: optional(id), target: id },
} as const;

/** What takes a right away (LEDGER 3.5). */
export const REVOCATION_TYPES = ['device.revoke', 'member.end', 'role.end'] as const;

const cardFields = { name: text(40), building: text(40), title: optional(text(40)) };
/** Who a member is, for members only. `title` (网格员, 物业 …) is shown and never a right. */
export type Card = BodyOf<typeof cardFields>;
/** What a member blob of field `card` holds, after 16 bytes of salt. */
export const cardField = object(cardFields);
