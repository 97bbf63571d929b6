/** What one connection may cost (LEDGER 5, BENCH W7). Bytes unless the name says otherwise. */
export const LIMITS = {
	/** One message after login. */
	message: 4 * 1024 * 1024,
	/** One awareness message. */
	awareness: 64 * 1024,
	/** A draft's whole merged update. */
	draft: 3 * 1024 * 1024,
	/** Sent and not yet taken by the client; beyond it the client is cut and resynchronises. */
	sendQueue: 8 * 1024 * 1024,
	/** Long answers wait while so much is still to be taken. */
	bulkWindow: 1024 * 1024,
	/** Long answers that one connection may have under way. */
	bulkAnswers: 256,
	/** Records held for one connection until what they cite arrives. */
	heldRecords: 4096,
	/** Blobs one connection may be waiting for. */
	wishedBlobs: 4096,
	/** Poll scopes one connection may follow. */
	followedScopes: 1024,
	/** Blobs one connection may be sending at the same time. */
	uploads: 8,
	messagesPerSecond: 600,
	bytesPerSecond: 16 * 1024 * 1024,
} as const;

/** Counts what arrives against a rate per second with a burst of one second. `now` in milliseconds. */
export class RateMeter {
	readonly #perSecond: number;
	#spent = 0;
	#since: number;

	constructor(perSecond: number, now: number) {
		this.#perSecond = perSecond;
		this.#since = now;
	}

	/** Answers for how many milliseconds no more should be taken; 0 when within the rate. */
	spend(amount: number, now: number): number {
		const recovered = (Math.max(0, now - this.#since) * this.#perSecond) / 1000;
		this.#spent = Math.max(0, this.#spent - recovered) + amount;
		this.#since = now;
		const excess = this.#spent - this.#perSecond;
		return excess > 0 ? Math.ceil((excess / this.#perSecond) * 1000) : 0;
	}
}
