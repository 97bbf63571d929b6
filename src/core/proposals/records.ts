import { digest, id, list, optional, publicBlob } from '../kernel/fields.ts';

export const proposalRecords = {
	/** The bridge from draft to decision: `blob` is canonical ProseMirror JSON, `snapshot` the hash of the Yjs snapshot. */
	'text.freeze': { as: optional(id), topic: id, blob: publicBlob, snapshot: digest, after: list(id) },
} as const;
