import { setImmediate as nextTurn } from 'node:timers/promises';
import { MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import { LIMITS } from './limits.ts';
import { PresenceBacklog } from './presence-backlog.ts';
import type { RelaySocket } from './socket.ts';

/** A long answer: frames that are made while it is sent. */
export type Frames = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** How often a slow reader is looked at for whether presence fits again, in milliseconds. */
const LOOK_AGAIN = 100;

/**
 * What goes to one client. Short messages leave at once; long answers are made and sent piece by piece as the client
 * takes them, so that a large ledger or a picture never fills the send queue; presence that nobody took is replaced.
 */
export class Outbox {
	readonly #socket: RelaySocket;
	readonly #tooMuch: () => void;
	readonly #failed: (error: unknown) => void;
	#bulk: Frames[] = [];
	#isPumping = false;
	#backlog: PresenceBacklog | undefined;
	#sent = 0;

	/** `tooMuch`: the client does not take what it is sent, or asks for more than it takes. */
	constructor(socket: RelaySocket, tooMuch: () => void, failed: (error: unknown) => void) {
		this.#socket = socket;
		this.#tooMuch = tooMuch;
		this.#failed = failed;
	}

	/** Bytes that have left for the client; grows while it reads, however slowly. */
	get taken(): number {
		return this.#sent - this.#socket.waiting;
	}

	send(frame: Uint8Array): void {
		if (!this.#socket.isOpen) return;
		if (frame[0] === MESSAGE_NUMBERS.awareness && this.#isBehind) return this.#keepLatest(frame);
		if (this.#socket.waiting > LIMITS.sendQueue) return this.#tooMuch();
		this.#write(frame);
	}

	sendBulk(frames: Frames): void {
		if (this.#bulk.length >= LIMITS.bulkAnswers) return this.#tooMuch();
		this.#bulk.push(frames);
		if (!this.#isPumping) this.#pump().catch(this.#failed);
	}

	/** Once some presence waits, later presence waits with it, or it would be overtaken by what is older. */
	get #isBehind(): boolean {
		return this.#backlog !== undefined || this.#socket.waiting > LIMITS.presenceWindow;
	}

	#keepLatest(frame: Uint8Array): void {
		if (!this.#backlog) setTimeout(() => this.#sendLatest(), LOOK_AGAIN).unref();
		this.#backlog ??= new PresenceBacklog();
		this.#backlog.add(frame);
	}

	#sendLatest(): void {
		if (!this.#backlog || !this.#socket.isOpen) return;
		if (this.#socket.waiting > LIMITS.presenceWindow) {
			setTimeout(() => this.#sendLatest(), LOOK_AGAIN).unref();
			return;
		}
		this.#write(this.#backlog.take());
		this.#backlog = undefined;
	}

	async #pump(): Promise<void> {
		this.#isPumping = true;
		for (let frames = this.#bulk[0]; frames && this.#socket.isOpen; frames = this.#bulk[0]) {
			for await (const frame of frames) {
				if (!this.#socket.isOpen) break;
				await this.#sendPaced(frame);
				// A client that takes everything at once would keep all others waiting.
				await nextTurn();
			}
			this.#bulk.shift();
		}
		this.#isPumping = false;
		this.#bulk = this.#socket.isOpen ? this.#bulk : [];
	}

	/** Returns at once while there is room, else when the client has taken this frame or is gone. */
	async #sendPaced(frame: Uint8Array): Promise<void> {
		if (this.#socket.waiting <= LIMITS.bulkWindow) return this.#write(frame);
		await new Promise<void>((resolve) => this.#write(frame, resolve));
	}

	#write(frame: Uint8Array, taken?: () => void): void {
		this.#sent += frame.length;
		this.#socket.send(frame, taken);
	}
}
