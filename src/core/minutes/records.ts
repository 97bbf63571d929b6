import { id, list, memberBlob, optional, publicBlob } from '../kernel/fields.ts';

export const minutesRecords = {
	/** Settled without a vote (共识); `considered` lists the cosigns it rests on. */
	consensus: { as: optional(id), topic: id, text: id, considered: list(id), revs: list(id) },
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
