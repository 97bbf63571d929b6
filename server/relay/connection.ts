import { CLOSINGS, type CloseReason } from '#core/wire/close-codes.ts';
import { Inbox } from './inbox.ts';
import { Outbox, type Frames } from './outbox.ts';
import type { RelaySocket } from './socket.ts';

/** How long a closing handshake may take before the socket is dropped, in milliseconds. */
const CLOSING = 2000;

export interface ConnectionEvents {
	/** One frame, never faster than the limits allow. */
	readonly frame: (frame: Uint8Array) => void;
	/** The connection must end for this reason. */
	readonly broken: (reason: CloseReason) => void;
	/** Something of ours failed while a long answer was made. */
	readonly failed: (error: unknown) => void;
	readonly ended: () => void;
}

/** One socket: what it says comes through the inbox, what it is told goes through the outbox, and its death is noticed. */
export class Connection {
	readonly #socket: RelaySocket;
	readonly #inbox: Inbox;
	readonly #outbox: Outbox;
	#isClosing = false;
	#hasSpoken = true;
	#taken = 0;

	constructor(socket: RelaySocket, { frame, broken, failed, ended }: ConnectionEvents) {
		this.#socket = socket;
		this.#inbox = new Inbox(socket, frame);
		this.#outbox = new Outbox(socket, () => broken('tooMuch'), failed);
		socket.listen({
			frame: (bytes) => {
				this.#hasSpoken = true;
				if (!this.#isClosing) this.#inbox.take(bytes);
			},
			noFrame: () => this.#isClosing || broken('malformed'),
			alive: () => (this.#hasSpoken = true),
			ended,
		});
	}

	send(frame: Uint8Array): void {
		this.#outbox.send(frame);
	}

	sendBulk(frames: Frames): void {
		this.#outbox.sendBulk(frames);
	}

	/** Says nothing more of what was heard and not handled. */
	silence(): void {
		this.#isClosing = true;
		this.#inbox.clear();
	}

	close(reason: CloseReason): void {
		this.silence();
		this.#socket.close(CLOSINGS[reason].code, reason);
		// A client that reads nothing never sees the closing frame either.
		setTimeout(() => this.#socket.terminate(), CLOSING).unref();
	}

	/**
	 * RELAY-46: drops a peer that since the last time neither spoke, nor answered a ping, nor took anything: its network
	 * is gone, and nobody said so. One that must rest cannot be heard, and one that reads slowly is not dead.
	 */
	checkPulse(): void {
		const { taken } = this.#outbox;
		if (!this.#hasSpoken && !this.#inbox.isResting && taken <= this.#taken) return this.#socket.terminate();
		this.#hasSpoken = false;
		this.#taken = taken;
		this.#socket.ping();
	}
}
