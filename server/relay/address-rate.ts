import { RateMeter } from './rate-meter.ts';

/** Addresses remembered at the same time; the longest unheard is forgotten first. */
const REMEMBERED = 10_000;

/** How often something happens from one address, against so many a minute. */
export class AddressRate {
	readonly #perMinute: number;
	readonly #now: () => number;
	readonly #meters = new Map<string, RateMeter>();

	/** `now`: milliseconds of any clock. */
	constructor(perMinute: number, now: () => number) {
		this.#perMinute = perMinute;
		this.#now = now;
	}

	/** Whether one more is too much. */
	isSpent(address: string): boolean {
		return (this.#meters.get(address)?.excess(1, this.#now()) ?? 0) > 0;
	}

	count(address: string): void {
		const meter = this.#meters.get(address) ?? new RateMeter(this.#perMinute / 60, this.#now(), this.#perMinute);
		meter.spend(1, this.#now());
		this.#meters.delete(address);
		this.#meters.set(address, meter);
		const [longestUnheard] = this.#meters.keys();
		if (this.#meters.size > REMEMBERED && longestUnheard !== undefined) this.#meters.delete(longestUnheard);
	}
}
