import { decode, encode, rfc8949EncodeOptions } from 'cborg';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BLOB_LIMITS, decodeCbor, encodeCbor, type CborValue } from '#core/kernel/cbor.ts';
import { fromHex, toHex } from '#core/kernel/ids.ts';

const limits = BLOB_LIMITS;

/** Well-formed text only: half a surrogate pair has no UTF-8 and cannot be written at all. */
const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const key = text.filter((value) => value !== '__proto__');
const { value: cborValue } = fc.letrec<{ value: CborValue }>((tie) => ({
	value: fc.oneof(
		{ maxDepth: 5, withCrossShrink: true },
		fc.constantFrom(null, true, false),
		fc.maxSafeNat(),
		text,
		fc.uint8Array({ maxLength: 300 }),
		fc.array(tie('value'), { maxLength: 6 }),
		fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true }),
	),
}));

test('[CBOR-1] what is written is read back as the same value and written again as the same bytes', () => {
	const roundTrip = fc.property(cborValue, (value) => {
		const bytes = encodeCbor(value);
		const decoded = decodeCbor(bytes, limits);
		expect(decoded).toEqual({ ok: true, value });
		expect(decoded.ok && toHex(encodeCbor(decoded.value))).toBe(toHex(bytes));
	});
	fc.assert(roundTrip, { numRuns: 2000 });
});

test('[CBOR-1] a well-known library writes the same bytes and reads the same values', () => {
	const agrees = fc.property(cborValue, (value) => {
		const bytes = encodeCbor(value);
		expect(toHex(bytes)).toBe(toHex(encode(value, rfc8949EncodeOptions)));
		expect(decodeCbor(bytes, limits)).toEqual({
			ok: true,
			value: decode(bytes, { strict: true, retainStringBytes: false }),
		});
	});
	fc.assert(agrees, { numRuns: 500 });
});

test('[CBOR-1] a list of more items than a call has arguments is written and read', () => {
	const ids = Array.from({ length: 200_000 }, (_, index) => index);
	expect(decodeCbor(encodeCbor(ids), limits)).toEqual({ ok: true, value: ids });
});

test('[CBOR-1] the order in which a map was built does not show', () => {
	const ordered = encodeCbor({ a: 1, bb: 2, c: 3 });
	expect(toHex(encodeCbor({ c: 3, bb: 2, a: 1 }))).toBe(toHex(ordered));
	expect(toHex(ordered)).toBe('a3' + '616101' + '616303' + '62626202');
});

test('[CBOR-1] bytes come back as plain Uint8Array of their own', () => {
	const wire = encodeCbor([Uint8Array.of(1, 2, 3)]);
	const decoded = decodeCbor(wire, limits);
	wire.fill(0);
	expect(decoded).toEqual({ ok: true, value: [Uint8Array.of(1, 2, 3)] });
	const [bytes] = decoded.ok ? (decoded.value as Uint8Array[]) : [];
	expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
});

test.each([
	['an integer that would fit in fewer bytes', '1817'],
	['a two-byte integer that would fit in one', '190017'],
	['a four-byte integer that would fit in two', '1a0000ffff'],
	['an eight-byte integer that would fit in four', '1b00000000ffffffff'],
	['a length written too long', '5801ff'],
	['an array length written too long', '980100'],
	['an array of indefinite length', '9f01ff'],
	['a map of indefinite length', 'bf616101ff'],
	['text of indefinite length', '7f6161ff'],
	['bytes of indefinite length', '5f41aaff'],
	['keys in the wrong order', 'a2616201616101'],
	['a longer key before a shorter one', 'a262616101616201'],
	['the same key twice', 'a2616101616102'],
	['a key that is no text', 'a10101'],
	['text that is not UTF-8', '62c328'],
	['half a surrogate pair as text', '63eda080'],
])('[CBOR-1] refuses %s', (_case, hex) => {
	expect(decodeCbor(fromHex(hex), limits)).toEqual({ ok: false, error: 'cbor-not-canonical' });
});

test.each([
	['half a float', 'f93c00'],
	['a float', 'fa3f800000'],
	['a double', 'fb3ff0000000000000'],
	['NaN', 'f97e00'],
	['undefined', 'f7'],
	['a simple value in one byte', 'e0'],
	['a simple value in two bytes', 'f820'],
	['a date tag', 'c074323031352d30382d30335430313a30303a30305a'],
	['a big number tag', 'c249010000000000000000'],
	['2^53', '1b0020000000000000'],
	['2^64-1', '1bffffffffffffffff'],
	['a negative integer', '20'],
	['-2^53, which JavaScript would read as a bigint', '3b001fffffffffffff'],
	['a break outside anything', 'ff'],
	['a reserved length', '1c'],
])('[CBOR-2] refuses %s', (_case, hex) => {
	expect(decodeCbor(fromHex(hex), limits)).toEqual({ ok: false, error: 'cbor-not-canonical' });
});

test('[CBOR-2] takes integers up to 2^53-1', () => {
	const bytes = fromHex('1b001fffffffffffff');
	expect(decodeCbor(bytes, limits)).toEqual({ ok: true, value: Number.MAX_SAFE_INTEGER });
});
