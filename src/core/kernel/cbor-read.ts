import type { CborValue } from './cbor.ts';

const SIMPLE: Readonly<Record<number, boolean | null>> = { 20: false, 21: true, 22: null };

/**
 * The value of bytes that `scanCbor` has found to be one canonical item; it checks nothing again. Byte strings are
 * copies. undefined where a text is not UTF-8, which alone the scan leaves open.
 */
export function readScanned(bytes: Uint8Array): CborValue | undefined {
	try {
		return new Reader(bytes).item();
	} catch (failure) {
		if (failure instanceof URIError) return undefined;
		throw failure;
	}
}

class Reader {
	#position = 0;
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	item(): CborValue {
		const first = this.#next();
		const major = first >> 5;
		const argument = this.#argument(first & 31);
		if (major === 0) return argument;
		if (major === 2) return this.#take(argument);
		if (major === 3) return utf8(this.#take(argument));
		if (major === 4) return this.#array(argument);
		return major === 5 ? this.#map(argument) : (SIMPLE[argument] ?? null);
	}

	#array(length: number): readonly CborValue[] {
		const items: CborValue[] = [];
		while (items.length < length) items.push(this.item());
		return items;
	}

	#map(length: number): CborValue {
		const entries: Record<string, CborValue> = {};
		for (let index = 0; index < length; index++) {
			const key = this.item() as string;
			entries[key] = this.item();
		}
		return entries;
	}

	#argument(info: number): number {
		if (info < 24) return info;
		let value = 0;
		for (let left = 1 << (info - 24); left > 0; left--) value = value * 256 + this.#next();
		return value;
	}

	#next(): number {
		return this.#bytes[this.#position++] ?? 0;
	}

	#take(length: number): Uint8Array {
		const taken = Uint8Array.from(this.#bytes.subarray(this.#position, this.#position + length));
		this.#position += length;
		return taken;
	}
}

/** Strict as RFC 3629: nothing overlong, no surrogates. Throws URIError. */
function utf8(bytes: Uint8Array): string {
	let text = '';
	let ascii = true;
	for (const byte of bytes) {
		ascii &&= byte < 0x80;
		text += byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
	}
	return ascii && !text.includes('%') ? text : decodeURIComponent(text);
}
