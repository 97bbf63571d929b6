import { utf8ToBytes } from '@noble/hashes/utils.js';
import type { CborValue } from './cbor.ts';

/** RFC 8949 4.2.1: shortest heads, definite lengths, map keys in the order of their encodings. */
export function encodeCbor(value: CborValue): Uint8Array {
	const pieces: Uint8Array[] = [];
	write(value, pieces);
	return joined(pieces);
}

function write(value: CborValue, pieces: Uint8Array[]): void {
	if (value === null) pieces.push(Uint8Array.of(0xf6));
	else if (typeof value === 'boolean') pieces.push(Uint8Array.of(value ? 0xf5 : 0xf4));
	else if (typeof value === 'number') pieces.push(head(0, value));
	else if (typeof value === 'string') pieces.push(...text(value));
	else if (value instanceof Uint8Array) pieces.push(head(2, value.length), value);
	else if (isArray(value)) writeArray(value, pieces);
	else writeMap(value, pieces);
}

function writeArray(items: readonly CborValue[], pieces: Uint8Array[]): void {
	pieces.push(head(4, items.length));
	for (const item of items) write(item, pieces);
}

function writeMap(map: { readonly [key: string]: CborValue }, pieces: Uint8Array[]): void {
	const entries = Object.entries(map).map(([key, item]) => [joined(text(key)), item] as const);
	pieces.push(head(5, entries.length));
	for (const [key, item] of entries.sort(([a], [b]) => compareBytes(a, b))) {
		pieces.push(key);
		write(item, pieces);
	}
}

function text(value: string): readonly Uint8Array[] {
	const bytes = utf8ToBytes(value);
	return [head(3, bytes.length), bytes];
}

/** Major type and argument. Only integers of 0..2^53-1 are ever written; anything else is a mistake in the caller. */
function head(major: number, argument: number): Uint8Array {
	if (!Number.isSafeInteger(argument) || argument < 0) throw new Error(`CBOR cannot say ${argument} here`);
	const width = argument < 24 ? 0 : argument < 2 ** 8 ? 1 : argument < 2 ** 16 ? 2 : argument < 2 ** 32 ? 4 : 8;
	const bytes = new Uint8Array(1 + width);
	bytes[0] = (major << 5) | (width === 0 ? argument : 24 + Math.log2(width));
	for (let index = width, rest = argument; index > 0; index--, rest = Math.floor(rest / 256)) bytes[index] = rest % 256;
	return bytes;
}

/** Not by spreading them: a long list has more pieces than a call may have arguments. */
function joined(pieces: readonly Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
	let offset = 0;
	for (const piece of pieces) {
		whole.set(piece, offset);
		offset += piece.length;
	}
	return whole;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
	const differing = a.findIndex((byte, index) => byte !== b[index]);
	return differing === -1 ? a.length - b.length : (a[differing] ?? 0) - (b[differing] ?? -1);
}

const isArray = (value: object): value is readonly CborValue[] => Array.isArray(value);
