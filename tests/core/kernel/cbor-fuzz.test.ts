import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { decodeCbor, encodeCbor, RECORD_LIMITS } from '#core/kernel/cbor.ts';
import { toHex } from '#core/kernel/ids.ts';
import { encodePayload, parseRecord, sealRecord } from '#core/ledger/record.ts';
import { decodeOwnFrame } from '#core/wire/frames.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { must } from '../../support/must.ts';

let wires: readonly Uint8Array[];
beforeAll(() => {
	wires = tellElderDayCare().corner.records.map(({ wire }) => wire);
});

/** Nothing throws, and whatever is accepted is exactly the one encoding of what was read. */
function survives(bytes: Uint8Array): void {
	const decoded = decodeCbor(bytes, RECORD_LIMITS);
	if (decoded.ok) expect(toHex(encodeCbor(decoded.value))).toBe(toHex(bytes));
	const record = parseRecord(bytes);
	if (record.ok) {
		const again = sealRecord(encodePayload(record.value), record.value.signature);
		expect(toHex(again)).toBe(toHex(bytes));
	}
	decodeOwnFrame(bytes);
}

const heads = fc.constantFrom(0x00, 0x18, 0x40, 0x58, 0x60, 0x78, 0x80, 0x82, 0x98, 0xa1, 0xb8, 0xc0, 0xf6, 0xfb);
const randomBytes = fc.oneof(
	fc.uint8Array({ maxLength: 200 }),
	fc.array(fc.oneof(heads, fc.nat(40)), { maxLength: 40 }).map((bytes) => Uint8Array.from(bytes)),
);

test('[CBOR-1] 10,000 strings of random bytes: nothing throws, nothing is accepted that would be written otherwise', () => {
	fc.assert(fc.property(randomBytes, survives), { numRuns: 10_000 });
});

const mutation = fc.record({
	record: fc.nat(),
	kind: fc.constantFrom('set', 'flip', 'cut', 'insert', 'repeat'),
	at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
	byte: fc.nat(255),
	length: fc.nat(12),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate({ record, kind, at, byte, length }: Mutation): Uint8Array {
	const wire = must(wires[record % wires.length]);
	const index = Math.floor(at * wire.length);
	const [head, tail] = [[...wire.subarray(0, index)], [...wire.subarray(index)]];
	if (kind === 'cut') return Uint8Array.from([...head, ...tail.slice(length + 1)]);
	if (kind === 'insert') return Uint8Array.from([...head, byte, ...tail]);
	if (kind === 'repeat') return Uint8Array.from([...head, ...tail.slice(0, length), ...tail]);
	const changed = kind === 'set' ? byte : (tail[0] ?? 0) ^ (1 << (byte % 8));
	return Uint8Array.from([...head, changed, ...tail.slice(1)]);
}

test('[REC-6] 10,000 mutations of real records: nothing throws, nothing is accepted that would be written otherwise', () => {
	let accepted = 0;
	const property = fc.property(mutation, (change) => {
		const bytes = mutate(change);
		survives(bytes);
		if (parseRecord(bytes).ok) accepted++;
	});
	fc.assert(property, { numRuns: 10_000 });
	expect(accepted).toBeGreaterThan(100);
});
