/** A small seeded generator (mulberry32): fast-check draws the seed and prints it when a property fails. */
export class Random {
	#state: number;

	constructor(seed: number) {
		this.#state = seed >>> 0;
	}

	/** 0 ≤ x < 1. */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	}

	below(limit: number): number {
		return Math.floor(this.next() * limit);
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	pick<T>(values: readonly T[]): T | undefined {
		return values[this.below(values.length)];
	}

	/** Each value with the given probability. */
	some<T>(values: readonly T[], probability = 0.5): T[] {
		return values.filter(() => this.chance(probability));
	}

	shuffled<T>(values: readonly T[]): T[] {
		const keyed = values.map((value) => [this.next(), value] as const);
		return keyed.sort(([a], [b]) => a - b).map(([, value]) => value);
	}

	bytes(length: number): Uint8Array {
		return Uint8Array.from({ length }, () => this.below(256));
	}
}
