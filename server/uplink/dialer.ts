import type { GridId } from '#core/kernel/ids.ts';
import { trunkRoom } from '#core/wire/rooms.ts';
import { SYNC_PATH } from '../relay/socket.ts';
import type { LinkEnding } from './link.ts';
import type { UplinksDeps } from './uplinks.ts';

/** Milliseconds after which a link counts as one that held. */
const HELD = 10_000;
/** Milliseconds before the first try again, and the longest, twice as long from failure to failure. */
const FIRST_WAIT = 1000;
const LONGEST_WAIT: Readonly<Record<LinkEnding | 'not carried', number>> = {
	// The network may be back at any moment, and a room full of people waits for it.
	unreached: 4000,
	left: 4000,
	// Somebody has to take a relay on first.
	refused: 60_000,
	'not carried': 4000,
};

/** LINK-7: one relay and one grid: dials, and again after each end. */
export class Dialer {
	readonly #grid: GridId;
	readonly #peer: string;
	readonly #deps: Omit<UplinksDeps, 'peers'>;
	#timer: NodeJS.Timeout | undefined;
	#failures = 0;
	#isClosed = false;

	constructor({ grid, peer }: { readonly grid: GridId; readonly peer: string }, deps: Omit<UplinksDeps, 'peers'>) {
		this.#grid = grid;
		this.#peer = peer;
		this.#deps = deps;
		this.#dial();
	}

	close(): void {
		this.#isClosed = true;
		clearTimeout(this.#timer);
	}

	#dial(): void {
		const { relay, dial } = this.#deps;
		const since = performance.now();
		const call = { grid: this.#grid, host: new URL(this.#peer).host };
		const socket = () => dial(`${this.#peer}${SYNC_PATH}${trunkRoom(this.#grid)}`);
		const isDialed = relay.link(call, socket, (ending) => {
			if (performance.now() - since > HELD) this.#failures = 0;
			this.#wait(ending);
		});
		if (!isDialed) this.#wait('not carried');
	}

	/** By chance a little less, so that two relays that end at once do not always dial at once. */
	#wait(ending: LinkEnding | 'not carried'): void {
		if (this.#isClosed) return;
		const wait = Math.min(LONGEST_WAIT[ending], FIRST_WAIT * 2 ** Math.min(this.#failures++, 10));
		this.#timer = setTimeout(() => this.#dial(), wait * (0.5 + this.#deps.random() / 2)).unref();
	}
}
