import { randomBytes } from 'node:crypto';
import type { RelayStore } from '../storage/port.ts';
import type { CommitQueue } from './commit-queue.ts';

/** ARCHITECTURE 8.1: one unknown genesis for each unused code. Codes are secrets: they are printed once, never logged. */
export class Founding {
	readonly #unused: Set<string>;
	readonly #isOpen: boolean;
	readonly #queue: CommitQueue;

	constructor(unused: Iterable<string>, isOpen: boolean, queue: CommitQueue) {
		this.#unused = new Set(unused);
		this.#isOpen = isOpen;
		this.#queue = queue;
	}

	mayFound(code: string | undefined): boolean {
		return this.#isOpen || (code !== undefined && this.#unused.has(code));
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

export async function openFounding(store: RelayStore, isOpen: boolean, queue: CommitQueue): Promise<Founding> {
	return new Founding(await store.unusedFoundingCodes(), isOpen, queue);
}
