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
		const recovered = (Math.max(0, now - this.#since) * this.#perSecond) / 1000;
		this.#spent = Math.max(0, this.#spent - recovered) + amount;
		this.#since = now;
		const excess = this.#spent - this.#burst;
		return excess > 0 ? Math.ceil((excess / this.#perSecond) * 1000) : 0;
	}
}
