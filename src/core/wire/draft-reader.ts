/** By first byte of a UTF-8 sequence: the second byte's range where it is not 80..bf, which rules out other spellings. */
const SECOND_BYTE: Readonly<Record<number, readonly [number, number]>> = {
	0xe0: [0xa0, 0xbf],
	0xed: [0x80, 0x9f],
	0xf0: [0x90, 0xbf],
	0xf4: [0x80, 0x8f],
};
const LONGEST_INTEGER = 8;

/**
 * Reads what lib0 wrote, without allocating what the bytes only claim. After the first fault `isBroken` is true and
 * every answer is 0, so that a caller may go on to its next check.
 */
export class DraftReader {
	isBroken = false;
	#position = 0;
	readonly #bytes: Uint8Array;

	constructor(bytes: Uint8Array) {
		this.#bytes = bytes;
	}

	get left(): number {
		return this.#bytes.length - this.#position;
	}

	refuse(): 0 {
		this.isBroken = true;
		return 0;
	}

	byte(): number {
		return this.left > 0 && !this.isBroken ? (this.#bytes[this.#position++] ?? 0) : this.refuse();
	}

	/** Seven bits a byte, lowest first. */
	uint(): number {
		let value = 0;
		for (let index = 0; index < LONGEST_INTEGER; index++) {
			const byte = this.byte();
			value += (byte & 0x7f) * 2 ** (7 * index);
			if (byte < 0x80) return value <= Number.MAX_SAFE_INTEGER ? value : this.refuse();
		}
		return this.refuse();
	}

	/** A signed integer, of which only the end matters. */
	skipInt(): void {
		for (let index = 0; index < LONGEST_INTEGER; index++) if (this.byte() < 0x80) return;
		this.refuse();
	}

	/** How many things follow. Each takes a byte at least, so more than the bytes that are left is a lie. */
	count(): number {
		const count = this.uint();
		return count <= this.left ? count : this.refuse();
	}

	skip(length: number): void {
		if (length > this.left) this.refuse();
		else this.#position += length;
	}

	/** Skips a text; answers its length in UTF-16 units, as Yjs counts. */
	skipText(): number {
		const end = this.#endOfText();
		let units = 0;
		while (this.#position < end && !this.isBroken) {
			const width = this.#width(end);
			this.#position += width;
			units += width === 4 ? 2 : 1;
		}
		return units;
	}

	text(longest: number): string {
		const end = this.#endOfText();
		if (end - this.#position > longest) this.refuse();
		const characters: string[] = [];
		while (this.#position < end && !this.isBroken) characters.push(this.#character(end));
		return characters.join('');
	}

	#endOfText(): number {
		const length = this.count();
		return this.#position + length;
	}

	#character(end: number): string {
		const width = this.#width(end);
		const [first = 0, ...rest] = this.#bytes.subarray(this.#position, this.#position + width);
		this.#position += width;
		const head = width === 1 ? first : first & (0xff >> (width + 1));
		return String.fromCodePoint(rest.reduce((point, byte) => point * 64 + (byte & 0x3f), head));
	}

	/** Bytes of the UTF-8 sequence at this position; 0 and broken when there is none. */
	#width(end: number): number {
		const at = this.#position;
		const first = this.#bytes[at] ?? 0;
		if (first < 0x80) return 1;
		const width = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
		if (first < 0xc2 || first > 0xf4 || at + width > end) return this.refuse();
		const [low, high] = SECOND_BYTE[first] ?? [0x80, 0xbf];
		const second = this.#bytes[at + 1] ?? 0;
		if (second < low || second > high) return this.refuse();
		for (let index = 2; index < width; index++) if ((this.#bytes[at + index] ?? 0) >> 6 !== 2) return this.refuse();
		return width;
	}
}
