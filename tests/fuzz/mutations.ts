import { decodeCbor, encodeCbor, RECORD_LIMITS, type CborValue } from '#core/kernel/cbor.ts';
import { concat } from '#core/kernel/ids.ts';
import { payloadOf, sealRecord } from '#core/ledger/record.ts';
import { RECORD_TYPES } from '#core/ledger/registry.ts';
import { must } from '../support/must.ts';
import type { Random } from '../support/random.ts';

/** First bytes of CBOR items that claim much, claim it oddly, or are forbidden. */
const HEADS = [
	...[0x00, 0x18, 0x1b, 0x3b, 0x40, 0x58, 0x5b, 0x5f, 0x60, 0x78, 0x7b, 0x7f],
	...[0x80, 0x98, 0x9b, 0x9f, 0xa0, 0xb8, 0xbb, 0xbf, 0xc0, 0xd8, 0xf4, 0xf6, 0xf7, 0xfb, 0xff],
];
const NUMBERS = [0, 1, 2, 23, 24, 255, 2 ** 32, 2 ** 48, 2 ** 48 + 1, Number.MAX_SAFE_INTEGER];

type Mutation = (random: Random, bytes: Uint8Array, other: Uint8Array) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
	(random, bytes) => replaced(bytes, random.below(bytes.length), [random.below(256)]),
	(random, bytes) => {
		const at = random.below(bytes.length);
		return replaced(bytes, at, [(bytes[at] ?? 0) ^ (1 << random.below(8))]);
	},
	(random, bytes) => replaced(bytes, random.below(bytes.length), [must(random.pick(HEADS))]),
	(random, bytes) => cut(bytes, random.below(bytes.length), 1 + random.below(12)),
	(random, bytes) => bytes.subarray(0, random.below(bytes.length)),
	(random, bytes) => inserted(bytes, random.below(bytes.length + 1), random.bytes(1 + random.below(9))),
	(random, bytes) => inserted(bytes, random.below(bytes.length + 1), pieceOf(random, bytes)),
	(random, bytes, other) => inserted(bytes, random.below(bytes.length + 1), pieceOf(random, other)),
	(random, bytes, other) => {
		const at = random.below(Math.min(bytes.length, other.length));
		return concat(bytes.subarray(0, at), other.subarray(at));
	},
];

/** One to four changes, of which each may undo the last. */
export function mutated(random: Random, bytes: Uint8Array, other: Uint8Array): Uint8Array {
	let changed = bytes;
	for (let left = 1 + random.below(4); left > 0 && changed.length > 0; left--)
		changed = must(random.pick(MUTATIONS))(random, changed, other);
	return changed;
}

/** The same signature over canonical fields of which one is another's, or an odd value: only the signature tells. */
export function withOtherField(random: Random, wire: Uint8Array, other: Uint8Array): Uint8Array {
	const [fields, others] = [fieldsOf(wire), fieldsOf(other)];
	const place = random.below(fields.length);
	const isBody = place === fields.length - 1;
	if (isBody) fields[place] = bodyWith(random, fields[place], others[place]);
	else fields[place] = random.chance(0.6) ? (others[place] ?? null) : odd(random, fields[place]);
	return sealRecord(encodeCbor(fields), signatureOf(random.chance(0.8) ? wire : other));
}

function fieldsOf(wire: Uint8Array): CborValue[] {
	const decoded = decodeCbor(payloadOf({ wire }), RECORD_LIMITS);
	if (!decoded.ok || !Array.isArray(decoded.value)) throw new Error('The corpus holds a wire without a payload');
	return [...(decoded.value as CborValue[])];
}

const signatureOf = (wire: Uint8Array): Uint8Array => wire.slice(-64);

/** Mostly of the same kind, so that it gets as far as the rules. */
function odd(random: Random, own: CborValue | undefined): CborValue {
	if (random.chance(0.2)) return must(random.pick<readonly [CborValue]>([[null], [true], ['ballot'], [[]], [{}]]))[0];
	if (typeof own === 'number') return must(random.pick(NUMBERS));
	if (typeof own === 'string') return random.chance(0.5) ? must(random.pick(RECORD_TYPES)) : `${own}s`;
	return random.bytes(random.chance(0.9) ? 32 : 5);
}

/** The own body with a value of the other's under one of its keys. */
function bodyWith(random: Random, body: CborValue | undefined, other: CborValue | undefined): CborValue {
	const [own, theirs] = [body, other] as readonly Readonly<Record<string, CborValue>>[];
	const name = random.pick(Object.keys(own ?? {})) ?? 'as';
	const value = random.pick(Object.values(theirs ?? {})) ?? must(random.pick(NUMBERS));
	return { ...own, [name]: value };
}

function replaced(bytes: Uint8Array, at: number, values: readonly number[]): Uint8Array {
	const changed = Uint8Array.from(bytes);
	changed.set(values, at);
	return changed;
}

const cut = (bytes: Uint8Array, at: number, length: number) =>
	concat(bytes.subarray(0, at), bytes.subarray(at + length));

const inserted = (bytes: Uint8Array, at: number, piece: Uint8Array) =>
	concat(bytes.subarray(0, at), piece, bytes.subarray(at));

function pieceOf(random: Random, bytes: Uint8Array): Uint8Array {
	const at = random.below(bytes.length + 1);
	return bytes.subarray(at, at + random.below(40));
}
