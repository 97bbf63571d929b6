import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import { equalBytes } from './ids.ts';
import { err, ok, type Result } from './result.ts';
import { scanCbor, type CborLimits, type CborRefusal } from './cbor-scan.ts';

export type { CborLimits, CborRefusal } from './cbor-scan.ts';

/** What canonical CBOR can say here: no floats, no tags, no undefined. */
export type CborValue =
	null | boolean | number | string | Uint8Array | readonly CborValue[] | { readonly [key: string]: CborValue };

/** LEDGER 1: a record's payload. */
export const RECORD_LIMITS: CborLimits = { bytes: 16 * 1024, depth: 6, items: 4096 };
/** LEDGER 1: a blob. */
export const BLOB_LIMITS: CborLimits = { bytes: 8 * 1024 * 1024, depth: 6, items: 262_144 };
/** BENCH W7: one message after login. */
export const MESSAGE_LIMITS: CborLimits = { bytes: 4 * 1024 * 1024, depth: 8, items: 262_144 };

/** RFC 8949 4.2.1. */
export function encodeCbor(value: CborValue): Uint8Array {
	// Under Node cborg may hand out a Buffer view; a plain copy is the same thing everywhere.
	return Uint8Array.from(encode(value, rfc8949EncodeOptions));
}

/** CBOR-1..4: scans before it allocates, and accepts only the one encoding of a value. */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits): Result<CborValue, CborRefusal> {
	const refusal = scanCbor(bytes, limits);
	if (refusal) return err(refusal);
	const value = decodeScanned(bytes);
	if (value === undefined || !equalBytes(encodeCbor(value), bytes)) return err('cbor-not-canonical');
	return ok(value);
}

/** The scan has checked structure and size; what cborg still refuses is text that is not UTF-8. */
function decodeScanned(bytes: Uint8Array): CborValue | undefined {
	try {
		return plainBytes(decode(bytes, { strict: true, allowUndefined: false }) as CborValue);
	} catch {
		return undefined;
	}
}

/** cborg returns views into its input, under Node as Buffer, which Yjs and structured clone treat differently. */
function plainBytes(value: CborValue): CborValue {
	if (value instanceof Uint8Array) return Uint8Array.from(value);
	if (Array.isArray(value)) return value.map(plainBytes);
	if (value === null || typeof value !== 'object') return value;
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plainBytes(item)]));
}
