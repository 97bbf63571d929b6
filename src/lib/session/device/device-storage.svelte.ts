import { isStorageFailure } from '../writing.ts';

const TRY_AGAIN_MS = 3000;

/** DEV-1: whether this device's disk takes what is written. Once it has refused, it is tried until it does again. */
export class DeviceStorage {
	/** The last thing written was not kept. */
	failed = $state(false);
	/** DEV-11: gives up what can be spared, a little at a time. */
	makeRoom: () => Promise<void> = () => Promise.resolve();
	readonly #trial: () => Promise<unknown>;
	#recovery: Promise<void> | undefined;

	/** `trial`: writes something and leaves nothing behind. */
	constructor(trial: () => Promise<unknown>) {
		this.#trial = trial;
	}

	/** Whether a failure was the disk's; then the state line says so, until there is room again. */
	note(failure: unknown): boolean {
		if (!isStorageFailure(failure)) return false;
		this.failed = true;
		this.#recovery ??= this.#recover();
		return true;
	}

	/** Writes as often as it takes. What waits here is still only in memory. */
	async keep<T>(write: () => Promise<T>): Promise<T> {
		for (;;) {
			try {
				return await write();
			} catch (failure) {
				if (!this.note(failure)) throw failure;
				await this.#recovery;
			}
		}
	}

	async #recover(): Promise<void> {
		while (this.failed) {
			await this.makeRoom().catch(console.error);
			await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
			this.failed = !(await this.#trial().then(
				() => true,
				() => false,
			));
		}
		this.#recovery = undefined;
	}
}
