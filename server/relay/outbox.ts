import { setImmediate as nextTurn } from 'node:timers/promises';
import type { WebSocket } from 'ws';
import { LIMITS } from './limits.ts';

/** A long answer: frames that are made while it is sent. */
export type Frames = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * What goes to one client. Short messages leave at once; long answers are made and sent piece by piece as the client
 * takes them, so that a large ledger or a picture never fills the send queue.
 */
export class Outbox {
	readonly #socket: WebSocket;
	readonly #tooMuch: () => void;
	readonly #failed: (error: unknown) => void;
	#bulk: Frames[] = [];
	#isPumping = false;

	/** `tooMuch`: the client does not take what it is sent, or asks for more than it takes. */
	constructor(socket: WebSocket, tooMuch: () => void, failed: (error: unknown) => void) {
		this.#socket = socket;
		this.#tooMuch = tooMuch;
		this.#failed = failed;
	}

	send(frame: Uint8Array): void {
		if (!this.#isOpen) return;
		if (this.#socket.bufferedAmount > LIMITS.sendQueue) return this.#tooMuch();
		this.#socket.send(frame);
	}

	sendBulk(frames: Frames): void {
		if (this.#bulk.length >= LIMITS.bulkAnswers) return this.#tooMuch();
		this.#bulk.push(frames);
		if (!this.#isPumping) this.#pump().catch(this.#failed);
	}

	get #isOpen(): boolean {
		return this.#socket.readyState === this.#socket.OPEN;
	}

	async #pump(): Promise<void> {
		this.#isPumping = true;
		for (let frames = this.#bulk[0]; frames && this.#isOpen; frames = this.#bulk[0]) {
			for await (const frame of frames) {
				if (!this.#isOpen) break;
				await this.#sendPaced(frame);
				// A client that takes everything at once would keep all others waiting.
				await nextTurn();
			}
			this.#bulk.shift();
		}
		this.#isPumping = false;
		this.#bulk = this.#isOpen ? this.#bulk : [];
	}

	/** Returns at once while there is room, else when the client has taken this frame or is gone. */
	async #sendPaced(frame: Uint8Array): Promise<void> {
		if (this.#socket.bufferedAmount <= LIMITS.bulkWindow) return this.#socket.send(frame);
		await new Promise<void>((resolve) => this.#socket.send(frame, () => resolve()));
	}
}
