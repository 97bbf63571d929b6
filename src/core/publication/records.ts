import { id, list, optional, publicBlob, text, uint } from '../kernel/fields.ts';

const outcome = {
	as: optional(id),
	topic: id,
	close: optional(id),
	consensus: optional(id),
	minutes: id,
	text: id,
	/** Version of the rules by which names are masked. */
	mask: uint,
	after: list(id),
	/** Blob of the sorted ids of what it took into account: the steps the topic took, objections to its counts. */
	considered: optional(publicBlob),
	revs: list(id),
};

/** A word to the public about why something was corrected or withdrawn: it is public itself, and for good. */
export const MAX_REASON = 200;
const reason = text(MAX_REASON);

export const publicationRecords = {
	/** Stands once a teller has cosigned it. Names the certified closing or the consensus, the text and the minutes. */
	publish: outcome,
	/** Says the outcome anew in place of the publications it names in `after`; stands as a publication does. */
	'publish.correct': { ...outcome, reason },
	/** Hides what it names in `after`. At once if its author published that, else once a teller has cosigned it. */
	'publish.withdraw': { as: optional(id), topic: id, reason, after: list(id), revs: list(id) },
} as const;
