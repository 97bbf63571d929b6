/** A long sending waits while so many bytes are still to leave: what is said meanwhile must not wait behind it. */
const WINDOW = 64 * 1024;
const LOOK_AGAIN_MS = 20;

/** What a browser's WebSocket shows of its queue: it has no event for its emptying. */
export interface Queue {
	/** Bytes given to the socket and not yet taken by the network. */
	waiting(): number;
	send(bytes: Uint8Array): void;
}

/** Sends long things one after the other, each piece made only when the one before it has left. */
export class PacedSender {
	readonly #queue: Queue;
	#sendings: Iterator<Uint8Array>[] = [];
	#timer: ReturnType<typeof setTimeout> | undefined;

	constructor(queue: Queue) {
		this.#queue = queue;
	}

	add(pieces: Iterable<Uint8Array>): void {
		this.#sendings.push(pieces[Symbol.iterator]());
		if (this.#sendings.length === 1) this.#go();
	}

	stop(): void {
		clearTimeout(this.#timer);
		this.#sendings = [];
	}

	#go(): void {
		while (this.#sendings.length > 0 && this.#queue.waiting() <= WINDOW) {
			const next = this.#sendings[0]?.next();
			if (next && !next.done) this.#queue.send(next.value);
			else this.#sendings.shift();
		}
		if (this.#sendings.length > 0) this.#timer = setTimeout(() => this.#go(), LOOK_AGAIN_MS);
	}
}
