import type { BodyOf, Field, Fields } from '../kernel/fields.ts';
import { object } from '../kernel/fields.ts';
import { meetingRecords } from '../meetings/records.ts';
import { minutesRecords } from '../minutes/records.ts';
import { placeRecords } from '../places/records.ts';
import { pollRecords } from '../polls/records.ts';
import { proposalRecords } from '../proposals/records.ts';
import { publicationRecords } from '../publication/records.ts';
import { rosterRecords } from '../roster/records.ts';
import { topicRecords } from '../topics/records.ts';

/** Every record type of rules version 1 and the fields of its body. A new shape is a new type or version. */
export const RECORD_FIELDS = {
	...rosterRecords,
	...placeRecords,
	...topicRecords,
	...proposalRecords,
	...meetingRecords,
	...pollRecords,
	...minutesRecords,
	...publicationRecords,
} as const satisfies Readonly<Record<string, Fields>>;

export type RecordType = keyof typeof RECORD_FIELDS;
export type BodyByType = { [T in RecordType]: BodyOf<(typeof RECORD_FIELDS)[T]> };

export const RECORD_TYPES = Object.keys(RECORD_FIELDS) as readonly RecordType[];

export const isRecordType = (text: string): text is RecordType => Object.hasOwn(RECORD_FIELDS, text);

/** Types that live in a poll's scope and never in structure; `cosign` and `receipt` follow what they name. */
export const POLL_SCOPE_TYPES: readonly RecordType[] = ['ballot', 'paper.ballot', 'hand.count', 'seal'];
export const ANY_SCOPE_TYPES: readonly RecordType[] = ['cosign', 'receipt'];

/** LEDGER 1: fields that are waited for. `meeting` is added here, so that no fold sees a meeting before its convening. */
export const HARD_FIELDS = ['as', 'member', 'via', 'target', 'poll', 'topic', 'meeting', 'proxy'] as const;

const codecs = new Map(RECORD_TYPES.map((type) => [type, object<Fields>(RECORD_FIELDS[type])]));

/** The two-way codec of one type's body. */
export function bodyField<T extends RecordType>(type: T): Field<BodyByType[T]> {
	return codecs.get(type) as unknown as Field<BodyByType[T]>;
}
