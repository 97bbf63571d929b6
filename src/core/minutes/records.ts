import { id, list, memberBlob, optional, publicBlob, text, tuple } from '../kernel/fields.ts';

export const minutesRecords = {
	/**
	 * Settled without a vote (共识); `considered` lists the cosigns of the text it rests on, `dissent` each member who
	 * was against it, with a member blob of that member's words.
	 */
	consensus: {
		as: optional(id),
		topic: id,
		text: id,
		considered: list(id),
		dissent: list(tuple(id, memberBlob), 64),
		revs: list(id),
	},
	/** An answer to one dissenter. `words` is a text blob that may become public: the public page shows it. */
	'dissent.reply': { as: optional(id), target: id, member: id, words: publicBlob },
	/** `blob`: the text that may become public. `full`: the whole record of the meeting, for members. */
	'minutes.freeze': {
		as: optional(id),
		topic: id,
		blob: publicBlob,
		full: optional(memberBlob),
		after: list(id),
	},
	/** `considered`: the cosigns of the freeze, at least the procedure's number. */
	'minutes.approve': { as: optional(id), topic: id, minutes: id, considered: list(id), revs: list(id) },
} as const;

/** What a dissenter's member blob holds after its salt: one paragraph. */
export const wordsField = text(1000);
