import { flag, id, list, object, oneOf, optional, publicBlob, text, tuple, uint } from '../kernel/fields.ts';
import { countsField } from './counts.ts';
import { ruleField } from './rule.ts';

export const CHOICES = ['approve', 'reject', 'abstain'] as const;
/** Of a choice among options: `approve` picks some, `reject` wants none of them. */
export type Choice = (typeof CHOICES)[number];
/** A paper can also be spoiled. */
export const PAPER_CHOICES = [...CHOICES, 'spoiled'] as const;
export type PaperChoice = (typeof PAPER_CHOICES)[number];

/** A motion is for or against; the others choose among options: one, any number, or in an order of preference. */
export const POLL_FORMS = ['motion', 'single', 'approval', 'ranked'] as const;
export type PollForm = (typeof POLL_FORMS)[number];

export const UNIT_KINDS = ['member', 'household', 'owner'] as const;
export type UnitKind = (typeof UNIT_KINDS)[number];

export const COSIGN_KINDS = ['certify', 'paper', 'count', 'seal', 'approve', 'object'] as const;
export type CosignKind = (typeof COSIGN_KINDS)[number];

export const CANCEL_REASONS = ['text-wrong', 'roll-wrong', 'rule-wrong', 'not-needed', 'other'] as const;

/** Indexes of the options picked; of a ranked ballot in order of preference. */
const picks = optional(list(uint, 20));

export const pollRecords = {
	'poll.open': {
		as: optional(id),
		topic: id,
		/** The `text.freeze` that is voted on. */
		text: id,
		question: text(120),
		form: oneOf(POLL_FORMS),
		/** Of a motion the answers allowed, of a choice the options' names. */
		options: list(text(60), 20),
		rule: ruleField,
		/** Blob of sorted units; `n` is their number. */
		roll: publicBlob,
		n: uint,
		unit: oneOf(UNIT_KINDS),
		/** Blob of the members of each group that the rule asks for. */
		groups: optional(publicBlob),
		/** Only members of the attendance that the closing cites count. */
		presentOnly: optional(flag),
		/** Only they certify, never the closer. */
		tellers: list(id, 32),
		q: uint,
		/** Members who witness what was cast where they are, each by a seal. */
		stations: list(id, 32),
		/** Blob of the sorted device keys of the roll's members at opening. */
		devices: publicBlob,
		/** A second round among tied options, or the question after a trial whether to keep what was chosen. */
		follows: optional(tuple(id, oneOf(['run-off', 'keep'] as const))),
		/** Milliseconds since 1970; advice, never a rule. */
		closesAt: optional(uint),
	},
	'poll.cancel': { as: optional(id), poll: id, reason: oneOf(CANCEL_REASONS) },
	/** `unit`: where the voter is in several. `for` and `proxy`: the member voted for, and what allows it. */
	ballot: {
		as: optional(id),
		poll: id,
		choice: oneOf(CHOICES),
		picks,
		replaces: list(id, 16),
		unit: optional(text(64)),
		for: optional(id),
		proxy: optional(id),
	},
	/** One paper, entered by a teller of the poll; stands once another teller has entered the same. */
	'paper.ballot': {
		as: optional(id),
		poll: id,
		voter: id,
		unit: optional(text(64)),
		choice: oneOf(PAPER_CHOICES),
		picks,
		replaces: list(id, 16),
		serial: text(24),
	},
	/** `voters`: blob of the sorted ids of the members counted by hand. */
	'hand.count': {
		as: optional(id),
		poll: id,
		voters: publicBlob,
		counts: object({ approve: uint, reject: uint, abstain: uint, spoiled: uint }),
		replaces: list(id, 16),
	},
	/** A member lets another vote: in one poll, on one topic, or until it is ended. */
	'proxy.give': { as: optional(id), to: id, poll: optional(id), topic: optional(id) },
	'proxy.end': { as: optional(id), target: id },
	/** `list`: blob of the sorted ids of what the station holds when its voting ends. */
	seal: { as: optional(id), poll: id, station: id, list: publicBlob, n: uint, prevSeal: optional(id) },
	/** `list`: blob of the sorted ids of everything that was counted; `n` is their number. */
	'poll.close': {
		as: optional(id),
		poll: id,
		list: publicBlob,
		n: uint,
		declared: countsField,
		attendance: optional(id),
		seals: list(id, 64),
		/** Stations that are counted without a seal, and why. */
		without: list(tuple(id, text(60)), 32),
		revs: list(id),
		supersedes: optional(id),
	},
	cosign: { as: optional(id), target: id, kind: oneOf(COSIGN_KINDS) },
	/** "Held by": the signer holds these records. */
	receipt: { as: optional(id), ids: list(id, 64) },
	/** Against a closing, for instance for a ballot that it does not list. */
	objection: { as: optional(id), target: id, ballot: optional(id), receipt: optional(id) },
} as const;
