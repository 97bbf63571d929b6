import {
	flag,
	id,
	list,
	object,
	oneOf,
	optional,
	publicBlob,
	text,
	tuple,
	uint,
	type BodyOf,
} from '../kernel/fields.ts';

/** What a threshold divides by (LEDGER 4). */
export const BASES = ['eligible', 'present', 'cast', 'expressed'] as const;
export type Base = (typeof BASES)[number];
export const OPERATORS = ['>=', '>'] as const;
export const SILENT_VOTES = ['none', 'returned-blank-follows-majority', 'all-silent-follow-majority'] as const;

/** `[base, num, den, op]`: numerator · den op base · num, in integers. */
const threshold = tuple(oneOf(BASES), uint, uint, oneOf(OPERATORS));
export type Threshold = readonly [base: Base, num: number, den: number, op: (typeof OPERATORS)[number]];

const ruleFields = {
	profile: text(40),
	version: uint,
	quorum: list(threshold, 8),
	pass: list(threshold, 8),
	silent: oneOf(SILENT_VOTES),
};
/** Frozen in `poll.open`, so that the rule is fixed before the first ballot. */
export type MajorityRule = BodyOf<typeof ruleFields>;

export const CHOICES = ['approve', 'reject', 'abstain'] as const;
export type Choice = (typeof CHOICES)[number];

/** 应到 实到 同意 反对 弃权 废票 未投: the five last add up to the base they were counted on. */
const countFields = {
	eligible: uint,
	present: uint,
	approve: uint,
	reject: uint,
	abstain: uint,
	spoiled: uint,
	notVoted: uint,
};
export type SevenCounts = BodyOf<typeof countFields>;

export const COSIGN_KINDS = ['certify', 'paper', 'count', 'seal', 'approve', 'object'] as const;
export type CosignKind = (typeof COSIGN_KINDS)[number];

export const pollRecords = {
	'poll.open': {
		as: optional(id),
		topic: id,
		/** The `text.freeze` that is voted on. */
		text: id,
		question: text(120),
		options: list(oneOf(CHOICES), 3),
		rule: object(ruleFields),
		/** Blob of sorted units; `n` is their number. */
		roll: publicBlob,
		n: uint,
		unit: oneOf(['member'] as const),
		/** Only members of the attendance that the closing cites count. */
		presentOnly: optional(flag),
		/** The meeting in which it is held; its attendance is what a `presentOnly` closing cites. */
		tellers: list(id, 32),
		q: uint,
		stations: list(id, 32),
		/** Blob of the sorted device keys of the roll's members at opening. */
		devices: publicBlob,
		/** Milliseconds since 1970; advice, never a rule. */
		closesAt: optional(uint),
	},
	ballot: { as: optional(id), poll: id, choice: oneOf(CHOICES), replaces: list(id, 16) },
	/** `voters`: blob of the sorted ids of the members counted by hand. */
	'hand.count': {
		as: optional(id),
		poll: id,
		voters: publicBlob,
		counts: object({ approve: uint, reject: uint, abstain: uint, spoiled: uint }),
		replaces: list(id, 16),
	},
	/** `list`: blob of the sorted ids of every ballot and hand count that was counted; `n` is their number. */
	'poll.close': {
		as: optional(id),
		poll: id,
		list: publicBlob,
		n: uint,
		declared: object(countFields),
		attendance: optional(id),
		seals: list(id, 64),
		without: list(tuple(id, text(60)), 32),
		revs: list(id),
		supersedes: optional(id),
	},
	cosign: { as: optional(id), target: id, kind: oneOf(COSIGN_KINDS) },
	/** "Held by": the signer holds these records. */
	receipt: { as: optional(id), ids: list(id, 64) },
} as const;
