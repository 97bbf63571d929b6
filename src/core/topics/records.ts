import { id, list, object, oneOf, optional, publicBlob, text, type BodyOf } from '../kernel/fields.ts';

/** How a topic came up (SYSTEMS A.6). */
export const TOPIC_SOURCES = ['resident', 'grid-worker', 'topic-call', 'superior'] as const;

const procedureFields = { id: text(40), version: text(20), hash: publicBlob };
export type ProcedureReference = BodyOf<typeof procedureFields>;

export const topicRecords = {
	/** `title` is the hash of a blob that holds the text; `procedure.hash` names the procedure itself, never a version of code. */
	'topic.open': {
		as: optional(id),
		title: publicBlob,
		source: oneOf(TOPIC_SOURCES),
		procedure: object(procedureFields),
	},
	/** The topic enters step `stage`; `considered` lists what the author took into account. */
	'topic.stage': { as: optional(id), topic: id, stage: text(40), considered: list(id), after: list(id) },
} as const;
