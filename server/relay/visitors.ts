import type { IncomingMessage } from 'node:http';
import { LIMITS } from './limits.ts';

export interface VisitorSettings {
	/** Pages of this origin may connect, besides pages of the host that was dialed. */
	readonly origin: string | undefined;
	/** How many proxies stand before this process, each adding to X-Forwarded-For; 0 trusts no such header. */
	readonly proxies: number;
}

/** Who comes from where. A courtyard shares one address, so the limits are wide: they stop a flood, not a meeting. */
export class Visitors {
	readonly origin: string | undefined;
	readonly #proxies: number;
	readonly #proving = new Tally();
	readonly #loggedIn = new Tally();

	constructor({ origin, proxies }: VisitorSettings) {
		this.origin = origin;
		this.#proxies = proxies;
	}

	/** RELAY-44: the address of the connection, or what the outermost trusted proxy saw. */
	addressOf({ headers, socket }: IncomingMessage): string {
		const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
		const seen = this.#proxies > 0 ? forwarded.at(-this.#proxies)?.trim() : undefined;
		return networkOf(seen || (socket.remoteAddress ?? ''));
	}

	/** RELAY-45: whether one more connection may come that has proved nothing yet. It counts until `proved` or `left`. */
	mayCome(address: string): boolean {
		return this.#proving.count(address) < LIMITS.provingPerAddress;
	}

	came(address: string): void {
		this.#proving.add(address, 1);
	}

	/** Whether one more may be logged in; if so it is no longer counted as proving. */
	proved(address: string): boolean {
		if (this.#loggedIn.count(address) >= LIMITS.loggedInPerAddress) return false;
		this.#proving.add(address, -1);
		this.#loggedIn.add(address, 1);
		return true;
	}

	left(address: string, wasLoggedIn: boolean): void {
		(wasLoggedIn ? this.#loggedIn : this.#proving).add(address, -1);
	}
}

/** Another page in the same browser must not speak to a corner on this machine or network (RELAY-30). */
export function isOwnPage({ headers }: IncomingMessage, allowed: string | undefined): boolean {
	const { origin, host } = headers;
	if (origin === undefined || origin === allowed) return true;
	return URL.canParse(origin) && new URL(origin).host === host;
}

class Tally {
	readonly #counts = new Map<string, number>();

	count(address: string): number {
		return this.#counts.get(address) ?? 0;
	}

	add(address: string, change: number): void {
		const count = this.count(address) + change;
		if (count > 0) this.#counts.set(address, count);
		else this.#counts.delete(address);
	}
}

/** One household has 2^64 addresses of IPv6: they count as one by their first half. */
export function networkOf(address: string): string {
	const v4 = /^(?:::ffff:)?(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
	if (v4 !== undefined || !address.includes(':')) return v4 ?? address;
	const [head = ''] = address.split('::');
	return [...head.split(':'), '0', '0', '0', '0'].slice(0, 4).join(':');
}
