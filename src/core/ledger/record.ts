import * as v from 'valibot';
import { decodeCbor, encodeCbor, RECORD_LIMITS, type CborRefusal, type CborValue } from '../kernel/cbor.ts';
import {
	fromHex,
	labelled,
	labelledHash,
	toHex,
	type DeviceKey,
	type GridId,
	type PollId,
	type RecordId,
} from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { bodyField, isRecordType, type BodyByType, type RecordType } from './registry.ts';

/** The envelope without its body (LEDGER 1). `lc` and `at` are for display only and decide nothing. */
export interface Envelope {
	/** null only in genesis. */
	readonly grid: GridId | null;
	/** null = structure; else the poll whose scope it is in. */
	readonly scope: PollId | null;
	readonly by: DeviceKey;
	readonly auth: RecordId | null;
	readonly seq: number;
	readonly prev: RecordId | null;
	readonly lc: number;
	/** Claimed milliseconds since 1970. */
	readonly at: number;
}

export type UnsignedRecord<T extends RecordType = RecordType> = Envelope & {
	readonly type: T;
	readonly body: BodyByType[T];
};

interface Sealed {
	readonly id: RecordId;
	readonly signature: Uint8Array;
	/** The bytes that travel and are stored: CBOR [payload, signature]. */
	readonly wire: Uint8Array;
}

/** One signed fact, discriminated by `type`. */
export type LedgerRecord<T extends RecordType = RecordType> = { [K in T]: UnsignedRecord<K> & Sealed }[T];

/**
 * REC-3: a record of newer rules, of which only the envelope is read: kept and passed on, and no fold sees it. Whoever
 * comes to read its version has yet to judge it.
 */
export type OpaqueRecord = Pick<Envelope, 'grid' | 'scope' | 'by' | 'seq' | 'lc'> &
	Sealed & { readonly type: 'opaque' };

/** Whatever a ledger holds. */
export type HeldRecord = LedgerRecord | OpaqueRecord;

export type RecordRefusal =
	CborRefusal | 'record-malformed' | 'record-unknown-version' | 'record-unknown-type' | 'record-body-invalid';

export const RULES_VERSION = 1;
const ID_LABEL = 'council-corner/id/1';
const SIGNATURE_LABEL = 'council-corner/record/1';
/** Display only, and capped: nobody can use up the clock for the others (LEDGER 8). */
export const MAX_LC = 2 ** 48;

const wireSchema = v.strictTuple([v.instance(Uint8Array), bytes(64)]);
const payloadSchema = v.strictTuple([
	v.pipe(v.number(), v.integer(), v.minValue(1)),
	v.nullable(bytes(32)),
	v.nullable(bytes(32)),
	v.pipe(v.string(), v.maxLength(32)),
	bytes(32),
	v.nullable(bytes(32)),
	uint(),
	v.nullable(bytes(32)),
	v.pipe(uint(), v.maxValue(MAX_LC)),
	uint(),
	v.custom<Readonly<Record<string, CborValue>>>(isMap),
]);
type Payload = v.InferOutput<typeof payloadSchema>;

/** The payload's canonical bytes, ready to be signed through `signatureInput`. */
export function encodePayload(record: UnsignedRecord): Uint8Array {
	const { grid, scope, type, by, auth, seq, prev, lc, at, body } = record;
	const encoded = bodyField(type).encode(body as never);
	const hash = (hex: string | null) => (hex === null ? null : fromHex(hex));
	return encodeCbor([
		RULES_VERSION,
		hash(grid),
		hash(scope),
		type,
		fromHex(by),
		hash(auth),
		seq,
		hash(prev),
		lc,
		at,
		encoded,
	]);
}

/** REC-2: the id leaves the signature out, because a signer can make many valid signatures of one payload. */
export const recordId = (payload: Uint8Array): RecordId => labelledHash(ID_LABEL, payload) as RecordId;
export const signatureInput = (payload: Uint8Array): Uint8Array => labelled(SIGNATURE_LABEL, payload);

export function sealRecord(payload: Uint8Array, signature: Uint8Array): Uint8Array {
	return encodeCbor([payload, signature]);
}

/** REC-1, REC-3..6: reads a wire. What it answers is well-formed; whether it is signed and allowed is admission's. */
export function parseWire(wire: Uint8Array): Result<HeldRecord, RecordRefusal> {
	const opened = openWire(wire);
	if (!opened.ok) return opened;
	const { payload, signature } = opened.value;
	const decoded = decodeCbor(payload, RECORD_LIMITS);
	if (!decoded.ok) return decoded;
	const parsed = v.safeParse(payloadSchema, decoded.value);
	if (!parsed.success) return err('record-malformed');
	const sealed = { id: recordId(payload), signature, wire };
	return parsed.output[0] === RULES_VERSION ? typedRecord(parsed.output, sealed) : ok(opaque(parsed.output, sealed));
}

/** The same where only what these rules say is of use; another version is `record-unknown-version`. */
export function parseRecord(wire: Uint8Array): Result<LedgerRecord, RecordRefusal> {
	const parsed = parseWire(wire);
	if (!parsed.ok) return parsed;
	return parsed.value.type === 'opaque' ? err('record-unknown-version') : ok(parsed.value);
}

function openWire(wire: Uint8Array): Result<{ payload: Uint8Array; signature: Uint8Array }, RecordRefusal> {
	const decoded = decodeCbor(wire, { ...RECORD_LIMITS, items: 3 });
	if (!decoded.ok) return decoded;
	const parsed = v.safeParse(wireSchema, decoded.value);
	if (!parsed.success) return err('record-malformed');
	const [payload, signature] = parsed.output;
	return ok({ payload, signature });
}

function typedRecord(payload: Payload, sealed: Sealed): Result<LedgerRecord, RecordRefusal> {
	const [, , , type, , auth, seq, prev, lc, at, body] = payload;
	if (!isRecordType(type)) return err('record-unknown-type');
	const parsedBody = v.safeParse(bodyField(type).schema, body);
	if (!parsedBody.success) return err('record-body-invalid');
	const chain = { auth: hex<RecordId>(auth), seq, prev: hex<RecordId>(prev), lc, at };
	return ok({ ...placeOf(payload), ...chain, type, body: parsedBody.output, ...sealed } as LedgerRecord);
}

function opaque(payload: Payload, sealed: Sealed): OpaqueRecord {
	const [, , , , , , seq, , lc] = payload;
	return { ...placeOf(payload), seq, lc, type: 'opaque', ...sealed };
}

/** Where a record belongs, and whose it is. */
function placeOf([, grid, scope, , by]: Payload) {
	return { grid: hex<GridId>(grid), scope: hex<PollId>(scope), by: toHex(by) as DeviceKey };
}

const hex = <T extends string>(value: Uint8Array | null) => (value === null ? null : (toHex(value) as T));

/** The payload that was signed, taken from the wire again. */
export function payloadOf(record: Pick<HeldRecord, 'wire'>): Uint8Array {
	const opened = openWire(record.wire);
	if (!opened.ok) throw new Error('A parsed record has a wire that does not open');
	return opened.value.payload;
}

function bytes(length: number) {
	return v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);
}

function uint() {
	return v.pipe(v.number(), v.safeInteger(), v.minValue(0));
}

function isMap(value: unknown): boolean {
	return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
