/** Counts what somebody spends against a rate with a burst. All times in milliseconds of one clock. */
export class RateMeter {
	readonly #perSecond: number;
	readonly #burst: number;
	#spent = 0;
	#since: number;

	constructor(perSecond: number, now: number, burst = perSecond) {
		this.#perSecond = perSecond;
		this.#burst = burst;
		this.#since = now;
	}

	/** Answers for how many milliseconds no more should be taken; 0 when within the rate. */
	spend(amount: number, now: number): number {
		this.#spent = this.#left(now) + amount;
		this.#since = now;
		return this.#pause(this.#spent);
	}

	/** What `spend` would answer, without spending. */
	excess(amount: number, now: number): number {
		return this.#pause(this.#left(now) + amount);
	}

	#left(now: number): number {
		const recovered = (Math.max(0, now - this.#since) * this.#perSecond) / 1000;
		return Math.max(0, this.#spent - recovered);
	}

	#pause(spent: number): number {
		const excess = spent - this.#burst;
		return excess > 0 ? Math.ceil((excess / this.#perSecond) * 1000) : 0;
	}
}
