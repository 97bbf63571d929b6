import type { GridId } from '#core/kernel/ids.ts';
import type { Relay } from '../relay/relay.ts';
import type { RelaySocket } from '../relay/socket.ts';
import { Dialer } from './dialer.ts';

export interface UplinksDeps {
	readonly relay: Pick<Relay, 'carriedGrids' | 'link'>;
	/** Where other relays are: `ws://host:port`, `wss://host`. */
	readonly peers: readonly string[];
	/** Opens a socket to a URL. */
	readonly dial: (url: string) => RelaySocket;
	/** In [0, 1). */
	readonly random: () => number;
}

/** How soon a grid that was taken on later is dialed for, in milliseconds. */
const LOOK = 2000;

/** LINK-3: keeps a link for each grid that this relay carries to each relay it was told of. */
export class Uplinks {
	readonly #deps: UplinksDeps;
	readonly #dialers = new Map<string, Dialer>();
	readonly #timer: NodeJS.Timeout;

	constructor(deps: UplinksDeps) {
		this.#deps = deps;
		this.#timer = setInterval(() => this.#look(), LOOK).unref();
		this.#look();
	}

	close(): void {
		clearInterval(this.#timer);
		for (const dialer of this.#dialers.values()) dialer.close();
	}

	#look(): void {
		if (this.#deps.peers.length === 0) return;
		for (const grid of this.#deps.relay.carriedGrids()) for (const peer of this.#deps.peers) this.#keep(grid, peer);
	}

	#keep(grid: GridId, peer: string): void {
		const name = `${grid} ${peer}`;
		if (!this.#dialers.has(name)) this.#dialers.set(name, new Dialer({ grid, peer }, this.#deps));
	}
}
