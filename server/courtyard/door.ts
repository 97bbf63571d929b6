import { AddressRate } from '../relay/address-rate.ts';
import { RateMeter } from '../relay/rate-meter.ts';
import { networkOf } from '../relay/visitors.ts';
import { COURTYARD_LIMITS } from './limits.ts';

/** What the door must know of somebody who is in, or on the way. */
export interface Guest {
	readonly address: string;
	readonly hasArrived: boolean;
	drop(): void;
}

/** DIRECT-5: how many may come, and how fast, before anything is made for them that costs more than a look. */
export class Door {
	readonly #ofAddress = new AddressRate(COURTYARD_LIMITS.arrivalsPerMinute, () => performance.now());
	readonly #ofAll = new RateMeter(COURTYARD_LIMITS.arrivalsPerSecond, performance.now());

	/**
	 * Whether one more may come. `guests`: the earliest first. An address is easily invented before its phone has
	 * arrived, so who is on the way longest makes room for the next: a flood slows those who arrive, and stops nobody.
	 */
	opens(address: string, guests: readonly Guest[]): boolean {
		const network = networkOf(address);
		if (this.#isRushed(network) || isFull(network, guests)) return false;
		const arriving = guests.filter(({ hasArrived }) => !hasArrived);
		if (arriving.length >= COURTYARD_LIMITS.arriving) arriving[0]?.drop();
		return true;
	}

	#isRushed(network: string): boolean {
		const now = performance.now();
		if (this.#ofAddress.isSpent(network) || this.#ofAll.excess(1, now) > 0) return true;
		this.#ofAddress.count(network);
		this.#ofAll.spend(1, now);
		return false;
	}
}

function isFull(network: string, guests: readonly Guest[]): boolean {
	const arrived = guests.filter(({ hasArrived }) => hasArrived);
	if (arrived.length >= COURTYARD_LIMITS.phones) return true;
	return arrived.filter(({ address }) => networkOf(address) === network).length >= COURTYARD_LIMITS.phonesPerAddress;
}
