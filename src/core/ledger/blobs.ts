import { BLOB_LIMITS, decodeCbor, encodeCbor, type CborValue } from '../kernel/cbor.ts';
import * as v from 'valibot';
import { fromHex, isHex32, labelledHash, toHex, type BlobHash } from '../kernel/ids.ts';
import type { Field } from '../kernel/fields.ts';

/** Where the fold finds blobs. Absent means not held here (yet); the fold says so and waits. */
export type BlobSource = (hash: BlobHash) => Uint8Array | undefined;

export const blobHash = (bytes: Uint8Array): BlobHash => labelledHash('council-corner/blob/1', bytes) as BlobHash;

/** One text, for instance a topic's title or canonical ProseMirror JSON. */
export const encodeTextBlob = (text: string): Uint8Array => encodeCbor(text);

export function decodeTextBlob(bytes: Uint8Array | undefined): string | undefined {
	const value = decodeBlob(bytes);
	return typeof value === 'string' ? value : undefined;
}

/** A set of 32-byte ids, sorted and unique. */
export function encodeIdList(ids: Iterable<string>): Uint8Array {
	return encodeCbor([...new Set(ids)].sort().map(fromHex));
}

/** undefined when not held, or not a sorted list of unique 32-byte ids. */
export function decodeIdList<T extends string>(bytes: Uint8Array | undefined): readonly T[] | undefined {
	const value = decodeBlob(bytes);
	if (!Array.isArray(value)) return undefined;
	const ids = value.map((item) => (item instanceof Uint8Array ? toHex(item) : ''));
	const ascending = ids.every((id, index) => isHex32(id) && (index === 0 || (ids[index - 1] ?? '') < id));
	return ascending ? (ids as T[]) : undefined;
}

/** LEDGER 1: a member blob begins with 16 random bytes, so that the hash in the record tells nothing of the name. */
export function encodeMemberBlob<T>(field: Field<T>, value: T, salt: Uint8Array): Uint8Array {
	return encodeCbor([salt, field.encode(value)]);
}

export function decodeMemberBlob<T>(field: Field<T>, bytes: Uint8Array | undefined): T | undefined {
	const value = decodeBlob(bytes);
	if (!Array.isArray(value) || value.length !== 2) return undefined;
	const parsed = v.safeParse(field.schema, value[1]);
	return parsed.success ? parsed.output : undefined;
}

export function decodeBlob(bytes: Uint8Array | undefined): CborValue | undefined {
	if (!bytes) return undefined;
	const decoded = decodeCbor(bytes, BLOB_LIMITS);
	return decoded.ok ? decoded.value : undefined;
}
