import { id, list, optional, uint } from '../kernel/fields.ts';

export const publicationRecords = {
	/** Stands once a teller has cosigned it. Names the certified closing or the consensus, the text and the minutes. */
	publish: {
		as: optional(id),
		topic: id,
		close: optional(id),
		consensus: optional(id),
		minutes: id,
		text: id,
		/** Version of the rules by which names are masked. */
		mask: uint,
		after: list(id),
		revs: list(id),
	},
} as const;
