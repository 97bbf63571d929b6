import type { DraftRoom } from './draft-room.ts';

/** How long a draft that another relay writes into stays open after its last edit, in milliseconds, and how many do. */
const LINGER = 10_000;
const MOST = 64;

/** LINK-5: drafts that nobody here looks at, while edits of theirs are carried in: opening one reads all of it. */
export class LingeringDrafts {
	readonly #timers = new Map<DraftRoom, NodeJS.Timeout>();

	keep(draft: DraftRoom): void {
		clearTimeout(this.#timers.get(draft));
		this.#timers.delete(draft);
		this.#timers.set(draft, setTimeout(() => this.#close(draft), LINGER).unref());
		const [oldest] = this.#timers.keys();
		if (oldest && this.#timers.size > MOST) this.#close(oldest);
	}

	/** Leaves them open: what they hold is of no use any more. */
	forget(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	#close(draft: DraftRoom): void {
		clearTimeout(this.#timers.get(draft));
		this.#timers.delete(draft);
		draft.closeIfEmpty();
	}
}
