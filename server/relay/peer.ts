import type { BlobHash, PollId } from '#core/kernel/ids.ts';
import { LIMITS } from './limits.ts';
import { Waiting } from './waiting.ts';

/** What a ledger room remembers of one connection. Made lazily: thousands only listen. */
export class Peer {
	readonly #followed = new Set<PollId>();
	readonly #wished = new Set<BlobHash>();
	#waiting: Waiting | undefined;

	get waiting(): Waiting {
		return (this.#waiting ??= new Waiting());
	}

	/** Structure goes to everybody, a poll's scope to those who asked for it. */
	follows(scope: PollId | null): boolean {
		return scope === null || this.#followed.has(scope);
	}

	follow(scope: PollId | null): void {
		if (scope !== null && this.#followed.size < LIMITS.followedScopes) this.#followed.add(scope);
	}

	wish(hash: BlobHash): void {
		if (this.#wished.size < LIMITS.wishedBlobs) this.#wished.add(hash);
	}

	/** Whether the connection waits for this blob; asked once, because it gets it then. */
	takeWish(hash: BlobHash): boolean {
		return this.#wished.delete(hash);
	}
}
