import { randomBytes } from 'node:crypto';
import type { RelayStore } from '../storage/port.ts';
import type { CommitQueue } from './commit-queue.ts';

/**
 * Which grids a relay takes that it does not know. `code`: one for each unused founding code. `open`: any, for trials.
 * `enrolled`: one for each unused code, and only if it has taken this relay on.
 */
export type FoundingPolicy = 'code' | 'open' | 'enrolled';

/** ARCHITECTURE 8.1: one unknown genesis for each unused code. Codes are secrets: they are printed once, never logged. */
export class Founding {
	readonly policy: FoundingPolicy;
	readonly #unused: Set<string>;
	readonly #queue: CommitQueue;

	constructor(unused: Iterable<string>, policy: FoundingPolicy, queue: CommitQueue) {
		this.policy = policy;
		this.#unused = new Set(unused);
		this.#queue = queue;
	}

	mayFound(code: string | undefined): boolean {
		return this.policy === 'open' || (code !== undefined && this.#unused.has(code));
	}

	/** In the transaction that stores the genesis. */
	use(code: string): void {
		if (this.#unused.delete(code)) this.#queue.useFoundingCode(code);
	}

	/** An unused code: the one left over, or a fresh one, committed before it is answered. */
	async code(): Promise<string> {
		const [left] = this.#unused;
		if (left !== undefined) return left;
		const fresh = randomBytes(16).toString('base64url');
		this.#unused.add(fresh);
		this.#queue.issueFoundingCode(fresh);
		await this.#queue.settled();
		return fresh;
	}
}

export async function openFounding(store: RelayStore, policy: FoundingPolicy, queue: CommitQueue): Promise<Founding> {
	return new Founding(await store.unusedFoundingCodes(), policy, queue);
}
