import type { DraftMessage, PastMessage } from '#core/wire/draft-messages.ts';
import type { DeviceKey } from '#core/kernel/ids.ts';

/** One update of a draft as the relay remembers it. Time and author are its word: nothing in a draft is signed. */
export interface PastEdit {
	readonly at: number;
	readonly author: DeviceKey | null;
	readonly update: Uint8Array;
}

/** A draft's history is read up to here, in bytes: whoever fills a relay's disk must not fill a phone's memory. */
const MOST_BYTES = 32 * 1024 * 1024;

/** Asks the relay, page by page, for what was ever written in one draft. */
export class DraftHistory {
	#waiting: ((page: PastMessage['updates'] | undefined) => void) | undefined;

	/** `send` answers false while there is no connection. */
	async read(send: (message: DraftMessage) => boolean): Promise<readonly PastEdit[] | undefined> {
		const edits: PastEdit[] = [];
		let bytes = 0;
		for (let after = 0; bytes < MOST_BYTES;) {
			const page = await this.#page(after, send);
			if (!page) return undefined;
			const last = page.at(-1);
			if (!last || last[0] <= after) break;
			after = last[0];
			edits.push(...page.map(([, at, author, update]) => ({ at, author, update })));
			bytes += page.reduce((sum, [, , , update]) => sum + update.length, 0);
		}
		return edits;
	}

	answer({ updates }: PastMessage): void {
		this.#waiting?.(updates);
	}

	/** The connection is gone, and with it the answer. */
	drop(): void {
		this.#waiting?.(undefined);
	}

	#page(after: number, send: (message: DraftMessage) => boolean): Promise<PastMessage['updates'] | undefined> {
		this.drop();
		return new Promise((resolve) => {
			this.#waiting = resolve;
			if (!send({ t: 'history', after })) resolve(undefined);
		});
	}
}
