import type { RawData, WebSocket } from 'ws';

/** Where sockets are: `/sync/<room>`. */
export const SYNC_PATH = '/sync/';

/** What a connection runs over: a WebSocket, a data channel of a phone in the courtyard, or a pipe in a test. */
export interface RelaySocket {
	readonly isOpen: boolean;
	/** Bytes that were given to it and have not left yet. */
	readonly waiting: number;
	/** One frame, whole. `taken`: it has left, or never will. */
	send(frame: Uint8Array, taken?: () => void): void;
	/** Stops reading, so that the other side notices; frames that were read already may still come. */
	pause(): void;
	resume(): void;
	/** Asks for a sign of life; the answer comes as `alive`. */
	ping(): void;
	/** `code`, `reason`: RFC 6455 7.4, as core's close codes say. */
	close(code: number, reason: string): void;
	/** Ends at once, without a word. */
	terminate(): void;
	/** Called once, before anything is sent. */
	listen(events: RelaySocketEvents): void;
}

export interface RelaySocketEvents {
	/** A whole frame, which is the listener's to keep. */
	readonly frame: (frame: Uint8Array) => void;
	/** Something came that is no frame: text, for a WebSocket. */
	readonly noFrame: () => void;
	readonly alive: () => void;
	/** For whatever reason; may be called more than once. */
	readonly ended: () => void;
}

/** A WebSocket of the library `ws` (RFC 6455). */
export class WebSocketPort implements RelaySocket {
	readonly #socket: WebSocket;

	constructor(socket: WebSocket) {
		this.#socket = socket;
	}

	get isOpen(): boolean {
		return this.#socket.readyState === this.#socket.OPEN;
	}

	get waiting(): number {
		return this.#socket.bufferedAmount;
	}

	send(frame: Uint8Array, taken?: () => void): void {
		this.#socket.send(frame, taken && (() => taken()));
	}

	pause(): void {
		this.#socket.pause();
	}

	resume(): void {
		this.#socket.resume();
	}

	ping(): void {
		if (this.isOpen) this.#socket.ping();
	}

	close(code: number, reason: string): void {
		this.#socket.close(code, reason);
	}

	terminate(): void {
		this.#socket.terminate();
	}

	listen({ frame, noFrame, alive, ended }: RelaySocketEvents): void {
		this.#socket.on('message', (data, isBinary) => (isBinary ? frame(bytesOf(data)) : noFrame()));
		this.#socket.on('pong', alive);
		this.#socket.on('error', ended);
		this.#socket.on('close', ended);
	}
}

function bytesOf(data: RawData): Uint8Array {
	if (Array.isArray(data)) return Uint8Array.from(Buffer.concat(data));
	// A copy: ws may hand out a view of its pool, and what is kept must not keep the pool.
	return Uint8Array.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
}
