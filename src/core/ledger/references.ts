import type { BlobKind, Fields } from '../kernel/fields.ts';
import type { BlobHash, RecordId } from '../kernel/ids.ts';
import type { HeldRecord, LedgerRecord } from './record.ts';
import { HARD_FIELDS, RECORD_FIELDS } from './registry.ts';

/** LEDGER 1: references that must be held before the record can be judged. */
export function hardReferences(record: LedgerRecord): readonly RecordId[] {
	const body = record.body as Readonly<Record<string, unknown>>;
	const named = HARD_FIELDS.map((field) => body[field]).filter((value) => typeof value === 'string');
	return [record.scope, record.auth, ...(named as RecordId[])].filter((reference) => reference !== null);
}

/** Every record that a body names, waited for or not, but for the given fields. */
export function namedRecords(record: LedgerRecord, except: ReadonlySet<string>): readonly RecordId[] {
	const body = record.body as Readonly<Record<string, unknown>>;
	const fields = Object.entries<Fields[string]>(RECORD_FIELDS[record.type]).filter(([name]) => !except.has(name));
	return fields.flatMap(([name, field]) => (body[name] === undefined ? [] : (field.names?.(body[name]) ?? [])));
}

/** Every blob a record names, and whether it may ever leave the corner. */
export function blobReferences(record: HeldRecord): readonly { readonly hash: BlobHash; readonly kind: BlobKind }[] {
	if (record.type === 'opaque') return [];
	const body = record.body as Readonly<Record<string, unknown>>;
	const fields: Fields = RECORD_FIELDS[record.type];
	const direct = Object.entries(fields)
		.filter(([name, field]) => field.blob && body[name] !== undefined)
		.map(([name, field]) => ({ hash: body[name] as BlobHash, kind: field.blob as BlobKind }));
	if (record.type === 'topic.open') return [...direct, { hash: record.body.procedure.hash, kind: 'public' }];
	if (record.type !== 'consensus') return direct;
	return [...direct, ...record.body.dissent.map(([, hash]) => ({ hash, kind: 'member' as const }))];
}
