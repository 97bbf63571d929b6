import type { Log } from '../log.ts';
import type { RelayStore } from '../storage/port.ts';
import type { CommitQueue } from './commit-queue.ts';
import { LIMITS } from './limits.ts';

export interface HousekeepingDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
}

/** What is done from time to time, a little each time, so that nobody waits for it. Stops with `stop`. */
export class Housekeeping {
	readonly #timer: NodeJS.Timeout;

	constructor({ store, queue }: HousekeepingDeps, log: Log, lookAround: () => void) {
		this.#timer = setInterval(() => {
			lookAround();
			queue.between(() => store.tidy()).catch((error: unknown) => log.fault('the storage could not be tidied', error));
		}, LIMITS.pulse);
		this.#timer.unref();
	}

	stop(): void {
		clearInterval(this.#timer);
	}
}
