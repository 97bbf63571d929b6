import type { RecordId, TopicId } from '../kernel/ids.ts';
import type { LedgerRecord } from './record.ts';
import { byDisplayOrder } from './ledger.ts';

type Following = LedgerRecord & { readonly body: { readonly after: readonly RecordId[] } };

/** LEDGER 2, "Successors": the ones that no other of the same subject names. Several current ones are all shown. */
export function currentOf<R extends Following>(records: readonly R[]): readonly R[] {
	const replaced = new Set(records.flatMap((record) => record.body.after));
	return records.filter((record) => !replaced.has(record.id)).sort(byDisplayOrder);
}

type OfTopic = Following & { readonly body: { readonly topic: TopicId } };

/** The current ones of every topic; a record of one topic replaces nothing of another. */
export function currentByTopic<R extends OfTopic>(records: readonly R[]): ReadonlySet<RecordId> {
	const topics = new Set(records.map(({ body }) => body.topic));
	const current = [...topics].flatMap((topic) => currentOf(records.filter(({ body }) => body.topic === topic)));
	return new Set(current.map(({ id }) => id));
}
