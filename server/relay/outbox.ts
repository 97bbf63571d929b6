import type { WebSocket } from 'ws';
import { LIMITS } from './limits.ts';

/**
 * What goes to one client. Short messages leave at once; long answers are made and sent piece by piece as the client
 * takes them, so that a large ledger or a picture never fills the send queue.
 */
export class Outbox {
	readonly #socket: WebSocket;
	readonly #tooMuch: () => void;
	#bulk: Iterator<Uint8Array>[] = [];
	#pumping = false;

	/** `tooMuch`: the client does not take what it is sent, or asks for more than it takes. */
	constructor(socket: WebSocket, tooMuch: () => void) {
		this.#socket = socket;
		this.#tooMuch = tooMuch;
	}

	send(frame: Uint8Array): void {
		if (this.#socket.readyState !== this.#socket.OPEN) return;
		if (this.#socket.bufferedAmount > LIMITS.sendQueue) return this.#tooMuch();
		this.#socket.send(frame);
	}

	sendBulk(frames: Iterable<Uint8Array>): void {
		if (this.#bulk.length >= LIMITS.bulkAnswers) return this.#tooMuch();
		this.#bulk.push(frames[Symbol.iterator]());
		if (!this.#pumping) this.#pump();
	}

	#pump(): void {
		this.#pumping = true;
		let frame = this.#next();
		while (frame && this.#socket.readyState === this.#socket.OPEN) {
			const isFull = this.#socket.bufferedAmount > LIMITS.bulkWindow;
			this.#socket.send(frame, isFull ? () => this.#pump() : undefined);
			if (isFull) return;
			frame = this.#next();
		}
		this.#pumping = false;
		if (frame) this.#bulk = [];
	}

	#next(): Uint8Array | undefined {
		for (;;) {
			const [first] = this.#bulk;
			if (!first) return undefined;
			const step = first.next();
			if (!step.done) return step.value;
			this.#bulk.shift();
		}
	}
}
