import { readScanned } from './cbor-read.ts';
import { scanCbor, type CborLimits, type CborRefusal } from './cbor-scan.ts';
import { err, ok, type Result } from './result.ts';

export type { CborLimits, CborRefusal } from './cbor-scan.ts';
export { encodeCbor } from './cbor-write.ts';

/** What canonical CBOR can say here: no floats, no tags, no undefined. */
export type CborValue =
	null | boolean | number | string | Uint8Array | readonly CborValue[] | { readonly [key: string]: CborValue };

/** LEDGER 1: a record's payload. */
export const RECORD_LIMITS: CborLimits = { bytes: 16 * 1024, depth: 6, items: 4096 };
/** LEDGER 1: a blob. */
export const BLOB_LIMITS: CborLimits = { bytes: 8 * 1024 * 1024, depth: 6, items: 262_144 };
/** BENCH W7: one message after login. */
export const MESSAGE_LIMITS: CborLimits = { bytes: 4 * 1024 * 1024, depth: 8, items: 262_144 };

/** CBOR-1..4: scans before it allocates, and accepts only the one encoding of a value. */
export function decodeCbor(bytes: Uint8Array, limits: CborLimits): Result<CborValue, CborRefusal> {
	const refusal = scanCbor(bytes, limits);
	if (refusal) return err(refusal);
	const value = readScanned(bytes);
	return value === undefined ? err('cbor-not-canonical') : ok(value);
}
