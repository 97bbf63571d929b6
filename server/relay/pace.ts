import type { WebSocket } from 'ws';
import { LIMITS, RateMeter } from './limits.ts';

/**
 * Stops reading a connection for as long as it was too fast: TCP tells the client, and nothing is lost. Closing instead
 * would punish an honest phone that comes back with a day's work.
 */
export class Pace {
	readonly #socket: WebSocket;
	readonly #now: () => number;
	readonly #messages: RateMeter;
	readonly #bytes: RateMeter;

	constructor(socket: WebSocket, now: () => number) {
		this.#socket = socket;
		this.#now = now;
		this.#messages = new RateMeter(LIMITS.messagesPerSecond, now());
		this.#bytes = new RateMeter(LIMITS.bytesPerSecond, now());
	}

	heard(bytes: number): void {
		const now = this.#now();
		const pause = Math.max(this.#messages.spend(1, now), this.#bytes.spend(bytes, now));
		if (pause === 0 || this.#socket.isPaused) return;
		this.#socket.pause();
		setTimeout(() => this.#socket.resume(), pause).unref();
	}
}
