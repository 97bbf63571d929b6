import * as v from 'valibot';
import type { CborValue } from './cbor.ts';
import { fromHex, toHex, type BlobHash, type DeviceKey, type RecordId } from './ids.ts';

/**
 * One field of a record body, in both directions: `schema` reads what CBOR decoding gave, `encode` writes it back.
 * Valibot transforms run one way only, and a body must come back from memory to the very bytes that are signed.
 */
export interface Field<T> {
	readonly schema: v.GenericSchema<unknown, T>;
	readonly encode: (value: T) => CborValue;
	readonly blob?: BlobKind;
	/** The records that a value names. */
	readonly names?: (value: T) => readonly RecordId[];
}
export interface OptionalField<T> extends Field<T> {
	readonly optional: true;
}
/** Public blobs may leave the corner; member blobs hold names and words and never do (LEDGER 1). */
export type BlobKind = 'public' | 'member';

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a table of fields of every type
export type Fields = Readonly<Record<string, Field<any>>>;
type ValueOf<F> = F extends Field<infer T> ? T : never;
type OptionalKeys<F extends Fields> = { [K in keyof F]: F[K] extends { readonly optional: true } ? K : never }[keyof F];
export type BodyOf<F extends Fields> = { readonly [K in Exclude<keyof F, OptionalKeys<F>>]: ValueOf<F[K]> } & {
	readonly [K in OptionalKeys<F>]?: ValueOf<F[K]>;
};

const bytesOf = (length: number) =>
	v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === length);

function hex32<T extends string>(): Field<T> {
	return {
		schema: v.pipe(
			bytesOf(32),
			v.transform((bytes) => toHex(bytes) as T),
		),
		encode: (hex) => fromHex(hex),
	};
}

export const id: Field<RecordId> = { ...hex32<RecordId>(), names: (value) => [value] };
export const key: Field<DeviceKey> = hex32<DeviceKey>();
export const publicBlob: Field<BlobHash> = { ...hex32<BlobHash>(), blob: 'public' };
export const memberBlob: Field<BlobHash> = { ...hex32<BlobHash>(), blob: 'member' };
/** A hash of something that is not a blob, for instance of a Yjs snapshot. */
export const digest: Field<string> = hex32<string>();

export function bytes(length: number): Field<Uint8Array> {
	return { schema: bytesOf(length), encode: (value) => value };
}

/** Bytes of any length up to `max`. */
export function byteString(max: number): Field<Uint8Array> {
	const schema = v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= max);
	return { schema, encode: (value) => value };
}

/** Text of `min` to `max` UTF-16 units, without control characters. */
export function text(max: number, min = 1): Field<string> {
	const schema = v.pipe(v.string(), v.minLength(min), v.maxLength(max), v.check(hasNoControls));
	return { schema, encode: (value) => value };
}

export const uint: Field<number> = {
	schema: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	encode: (value) => value,
};

export const flag: Field<boolean> = { schema: v.boolean(), encode: (value) => value };

export function oneOf<const T extends string>(values: readonly T[]): Field<T> {
	return { schema: v.picklist(values), encode: (value) => value };
}

export function list<T>(item: Field<T>, max = 512): Field<readonly T[]> {
	return {
		schema: v.pipe(v.array(item.schema), v.maxLength(max)),
		encode: (values) => values.map((value) => item.encode(value)),
		names: (values) => values.flatMap((value) => item.names?.(value) ?? []),
	};
}

export function tuple<T extends readonly unknown[]>(
	...items: { readonly [K in keyof T]: Field<T[K]> }
): Field<Readonly<T>> {
	const fields = items as readonly Field<unknown>[];
	return {
		schema: v.strictTuple(fields.map((item) => item.schema)) as unknown as v.GenericSchema<unknown, Readonly<T>>,
		encode: (values) => fields.map((item, index) => item.encode(values[index])),
		names: (values) => fields.flatMap((item, index) => item.names?.(values[index]) ?? []),
	};
}

export function object<F extends Fields>(fields: F): Field<BodyOf<F>> {
	const entries = Object.entries(fields).map(([name, field]) => [name, entryOf(field)]);
	return {
		schema: v.strictObject(Object.fromEntries(entries)) as unknown as v.GenericSchema<unknown, BodyOf<F>>,
		encode: (value) => encodeObject(fields, value as Readonly<Record<string, unknown>>),
	};
}

export function optional<T>(field: Field<T>): OptionalField<T> {
	return { ...field, optional: true };
}

export function nullable<T>(field: Field<T>): Field<T | null> {
	return {
		schema: v.nullable(field.schema),
		encode: (value) => (value === null ? null : field.encode(value)),
		names: (value) => (value === null ? [] : (field.names?.(value) ?? [])),
	};
}

/** Several shapes told apart by their field `t`. */
export function union<T extends { readonly t: string }>(variants: {
	readonly [K in T['t']]: Field<Extract<T, { readonly t: K }>>;
}): Field<T> {
	const fields = variants as unknown as Readonly<Record<string, Field<T>>>;
	const schemas = Object.values(fields).map((field) => field.schema);
	return {
		schema: v.union(schemas) as unknown as v.GenericSchema<unknown, T>,
		encode: (value) => (fields[value.t] as Field<T>).encode(value),
	};
}

const entryOf = (field: Field<unknown>) => ('optional' in field ? v.exactOptional(field.schema) : field.schema);

function encodeObject(fields: Fields, value: Readonly<Record<string, unknown>>): CborValue {
	const present = Object.entries(fields).filter(([name]) => value[name] !== undefined);
	return Object.fromEntries(present.map(([name, field]) => [name, field.encode(value[name])]));
}

function hasNoControls(value: string): boolean {
	return [...value].every((character) => character >= ' ' && character !== '\u007f');
}
