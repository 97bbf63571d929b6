/** Limits of one CBOR item. `depth` counts nested arrays and maps; `items` counts every value and key. */
export interface CborLimits {
	readonly bytes: number;
	readonly depth: number;
	readonly items: number;
}

export type CborRefusal = 'cbor-too-large' | 'cbor-malformed' | 'cbor-not-canonical' | 'cbor-forbidden-key';

const PROTO = [...'__proto__'].map((character) => character.charCodeAt(0));

/**
 * Walks the bytes once without allocating what they claim, so that a length of 2^52 or a depth of 60,000 costs nothing.
 * Answers undefined when the bytes are one canonical item (RFC 8949 4.2.1) within the limits.
 */
export function scanCbor(bytes: Uint8Array, limits: CborLimits): CborRefusal | undefined {
	if (bytes.length > limits.bytes) return 'cbor-too-large';
	const scanner = new Scanner(bytes, limits);
	scanner.item(0);
	if (scanner.refusal) return scanner.refusal;
	return scanner.position === bytes.length ? undefined : 'cbor-malformed';
}

class Scanner {
	position = 0;
	refusal: CborRefusal | undefined;
	private items = 0;
	private readonly bytes: Uint8Array;
	private readonly limits: CborLimits;

	constructor(bytes: Uint8Array, limits: CborLimits) {
		this.bytes = bytes;
		this.limits = limits;
	}

	item(depth: number): void {
		const head = this.head();
		if (this.refusal) return;
		const [major, argument] = head;
		// LEDGER 1: integers are 0..2^53-1, so a negative one is another way of writing nothing.
		if (major === 1) this.refuse('cbor-not-canonical');
		else if (major === 0) return;
		else if (major <= 3) this.skip(argument);
		else if (major === 4) this.array(argument, depth + 1);
		else if (major === 5) this.map(argument, depth + 1);
		else if (major === 6) this.refuse('cbor-not-canonical');
	}

	private array(length: number, depth: number): void {
		if (depth > this.limits.depth) return this.refuse('cbor-too-large');
		for (let index = 0; index < length && !this.refusal; index++) this.item(depth);
	}

	private map(length: number, depth: number): void {
		if (depth > this.limits.depth) return this.refuse('cbor-too-large');
		let previous: readonly [number, number] | undefined;
		for (let index = 0; index < length && !this.refusal; index++) {
			const start = this.position;
			this.key();
			if (this.refusal) return;
			const key = [start, this.position] as const;
			if (previous && this.compare(previous, key) >= 0) return this.refuse('cbor-not-canonical');
			previous = key;
			this.item(depth);
		}
	}

	private key(): void {
		const [major, length] = this.head();
		if (this.refusal) return;
		if (major !== 3) return this.refuse('cbor-not-canonical');
		const start = this.position;
		this.skip(length);
		if (!this.refusal && this.isProto(start, length)) this.refuse('cbor-forbidden-key');
	}

	/** Major type and argument; simple values are only false, true and null, and floats are refused. */
	private head(): readonly [number, number] {
		if (++this.items > this.limits.items) return this.stop('cbor-too-large');
		const first = this.bytes[this.position++];
		if (first === undefined) return this.stop('cbor-malformed');
		const major = first >> 5;
		const info = first & 31;
		if (major === 7) return info >= 20 && info <= 22 ? [7, info] : this.stop('cbor-not-canonical');
		if (info < 24) return [major, info];
		return info <= 27 ? this.longHead(major, 1 << (info - 24)) : this.stop('cbor-not-canonical');
	}

	private longHead(major: number, width: number): readonly [number, number] {
		if (this.position + width > this.bytes.length) return this.stop('cbor-malformed');
		let value = 0;
		for (let index = 0; index < width; index++) value = value * 256 + (this.bytes[this.position++] ?? 0);
		const smallest = width === 1 ? 24 : 2 ** ((width / 2) * 8);
		if (value < smallest || value > Number.MAX_SAFE_INTEGER) return this.stop('cbor-not-canonical');
		return [major, value];
	}

	private skip(length: number): void {
		if (length > this.bytes.length - this.position) return this.refuse('cbor-malformed');
		this.position += length;
	}

	private compare(a: readonly [number, number], b: readonly [number, number]): number {
		const length = Math.min(a[1] - a[0], b[1] - b[0]);
		for (let index = 0; index < length; index++) {
			const difference = (this.bytes[a[0] + index] ?? 0) - (this.bytes[b[0] + index] ?? 0);
			if (difference !== 0) return difference;
		}
		return a[1] - a[0] - (b[1] - b[0]);
	}

	private isProto(start: number, length: number): boolean {
		return length === PROTO.length && PROTO.every((byte, index) => this.bytes[start + index] === byte);
	}

	private refuse(code: CborRefusal): void {
		this.refusal ??= code;
	}

	private stop(code: CborRefusal): readonly [number, number] {
		this.refuse(code);
		return [0, 0];
	}
}
