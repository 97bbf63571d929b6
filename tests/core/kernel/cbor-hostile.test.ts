import { expect, test } from 'vitest';
import {
	BLOB_LIMITS,
	decodeCbor,
	encodeCbor,
	MESSAGE_LIMITS,
	RECORD_LIMITS,
	type CborValue,
} from '#core/kernel/cbor.ts';
import { concat, fromHex } from '#core/kernel/ids.ts';

const refusal = (bytes: Uint8Array, limits = RECORD_LIMITS) => {
	const decoded = decodeCbor(bytes, limits);
	return decoded.ok ? 'accepted' : decoded.error;
};

const nested = (depth: number, inner: CborValue = 0): CborValue => (depth === 0 ? inner : [nested(depth - 1, inner)]);

test('[CBOR-1] bytes after the item are refused', () => {
	const bytes = encodeCbor({ poll: Uint8Array.of(1) });
	expect(refusal(concat(bytes, Uint8Array.of(0)))).toBe('cbor-malformed');
	expect(refusal(concat(bytes, bytes))).toBe('cbor-malformed');
});

test('[CBOR-1] every shortened item is refused, and nothing at all too', () => {
	const bytes = encodeCbor([{ list: [1, 2, 300], text: '议事角', bytes: new Uint8Array(40) }, null, true, 2 ** 40]);
	const verdicts = Array.from(bytes, (_, length) => refusal(bytes.subarray(0, length)));
	expect(new Set(verdicts)).toEqual(new Set(['cbor-malformed']));
});

test('[CBOR-3] depth is counted by arrays and maps, and one more than allowed is refused', () => {
	expect(refusal(encodeCbor(nested(6)))).toBe('accepted');
	expect(refusal(encodeCbor(nested(7)))).toBe('cbor-too-large');
	expect(refusal(encodeCbor(nested(5, { a: 1 })))).toBe('accepted');
	expect(refusal(encodeCbor(nested(6, { a: 1 })))).toBe('cbor-too-large');
	expect(refusal(encodeCbor(nested(7)), MESSAGE_LIMITS)).toBe('accepted');
});

test('[CBOR-3] 60,000 open arrays or maps are refused at the limit, without a stack of calls', () => {
	expect(refusal(new Uint8Array(60_000).fill(0x81), BLOB_LIMITS)).toBe('cbor-too-large');
	const maps = concat(...Array.from({ length: 20_000 }, () => fromHex('a16161')));
	expect(refusal(maps, BLOB_LIMITS)).toBe('cbor-too-large');
});

test('[CBOR-3] items are counted with their keys', () => {
	const list = (length: number) => encodeCbor(Array.from({ length }, () => 0));
	expect(refusal(list(4095))).toBe('accepted');
	expect(refusal(list(4096))).toBe('cbor-too-large');
	const map = (keys: number) => Object.fromEntries(Array.from({ length: keys }, (_, index) => [`k${index}`, 0]));
	expect(refusal(encodeCbor(map(1500)))).toBe('accepted');
	expect(refusal(encodeCbor(map(1500)), { ...RECORD_LIMITS, items: 3000 })).toBe('cbor-too-large');
});

test('[CBOR-3] more bytes than allowed are refused before they are looked at', () => {
	const bytes = (length: number) => encodeCbor(new Uint8Array(length));
	expect(refusal(bytes(16 * 1024 - 3))).toBe('accepted');
	expect(refusal(bytes(16 * 1024 - 2))).toBe('cbor-too-large');
});

test.each([
	['bytes', '5b0010000000000000'],
	['text', '7b0010000000000000'],
	['an array', '9b0010000000000000'],
	['a map', 'bb0010000000000000'],
	['an array of arrays', '829b00100000000000009b0010000000000000'],
	['bytes of 2^53-1', '5b001fffffffffffff'],
	['a key', 'a17b0010000000000000'],
])('[CBOR-3] %s that claims 2^52 items is refused at once and costs no memory', (_case, hex) => {
	const before = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
	const start = performance.now();
	for (let round = 0; round < 100; round++) expect(refusal(fromHex(hex), BLOB_LIMITS)).toBe('cbor-malformed');
	expect(performance.now() - start).toBeLessThan(1000);
	const after = process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;
	expect(after - before).toBeLessThan(64 * 1024 * 1024);
});

test('[CBOR-3] eight MiB of one-byte items are refused quickly', () => {
	const start = performance.now();
	const bytes = concat(fromHex('9a007ffffb'), new Uint8Array(8 * 1024 * 1024 - 5));
	expect(refusal(bytes, BLOB_LIMITS)).toBe('cbor-too-large');
	expect(performance.now() - start).toBeLessThan(1000);
});

test('[CBOR-4] the key __proto__ is refused at every depth, and only as a key', () => {
	const evil = concat(fromHex('a1'), fromHex('69'), new TextEncoder().encode('__proto__'), fromHex('a1616101'));
	expect(refusal(evil)).toBe('cbor-forbidden-key');
	expect(refusal(concat(fromHex('81'), evil))).toBe('cbor-forbidden-key');
	expect(refusal(encodeCbor(['__proto__', { constructor: 1, prototype: 2, ___proto__: 3 }]))).toBe('accepted');
	expect(({} as Record<string, unknown>)['a']).toBeUndefined();
});
