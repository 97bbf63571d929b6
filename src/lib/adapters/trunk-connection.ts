import { afterClose, waitBeforeRetry } from '#core/wire/close-codes.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import {
	decodeOwnFrame,
	encodeDraftMessage,
	encodeLedgerMessage,
	encodeLoginMessage,
	type OwnMessage,
} from '#core/wire/frames.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { Challenge } from '#core/wire/login-messages.ts';
import { trunkRoom } from '#core/wire/rooms.ts';
import { proofFor, type Credentials } from './trunk-connection/credentials.ts';
import { PacedSender } from './trunk-connection/paced-sender.ts';
import { startPulse, type Pulse } from './trunk-connection/pulse.ts';
import { statusOf, type TrunkStatus } from './trunk-connection/status.ts';

export interface TrunkEvents {
	/** `open` means: logged in. */
	status(status: TrunkStatus): void;
	message(message: LedgerMessage): void;
	/** About drafts that are not on screen. */
	draft(message: DraftMessage): void;
}

/**
 * The always-open connection to a grid's trunk room. Begins with `connect`, and reconnects by itself until it is closed
 * or sent away for good.
 */
export class TrunkConnection {
	readonly #url: string;
	readonly #credentials: Credentials;
	readonly #events: TrunkEvents;
	#socket: WebSocket | undefined;
	#loggedIn = false;
	#failures = 0;
	#paced: PacedSender | undefined;
	#pulse: Pulse | undefined;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#closed = false;
	/** Nothing is tried until somebody calls `connect`. */
	#resting = true;

	constructor(url: string, credentials: Credentials, events: TrunkEvents) {
		this.#url = url;
		this.#credentials = credentials;
		this.#events = events;
		addEventListener('online', this.#tryAgain);
		document.addEventListener('visibilitychange', this.#tryAgain);
	}

	/** Now, because somebody asked for it: also after a refusal that is final. */
	connect(): void {
		this.#resting = false;
		this.#tryAgain();
	}

	/** Sends if logged in; otherwise the message is dropped, and the next login reconciles. */
	send(message: LedgerMessage): void {
		if (this.#loggedIn) this.#socket?.send(encodeLedgerMessage(message) as BufferSource);
	}

	/** The same about drafts. */
	sendAboutDraft(message: DraftMessage): void {
		if (this.#loggedIn) this.#socket?.send(encodeDraftMessage(message) as BufferSource);
	}

	/** The same for many and large messages, made and sent one after the other as the network takes them. */
	sendPaced(messages: Iterable<LedgerMessage>): void {
		if (this.#loggedIn) this.#paced?.add(encoded(messages));
	}

	/** Ends for good, and says as what, until somebody calls `connect`. */
	rest(status: TrunkStatus): void {
		this.#resting = true;
		clearTimeout(this.#retry);
		this.#drop();
		if (!this.#closed) this.#events.status(status);
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#retry);
		removeEventListener('online', this.#tryAgain);
		document.removeEventListener('visibilitychange', this.#tryAgain);
		this.#drop();
	}

	readonly #tryAgain = (): void => {
		if (this.#closed || this.#resting || this.#socket) return;
		clearTimeout(this.#retry);
		this.#dial();
	};

	#dial(): void {
		this.#events.status('connecting');
		const socket = new WebSocket(`${this.#url}/${trunkRoom(this.#credentials.grid)}`);
		socket.binaryType = 'arraybuffer';
		this.#socket = socket;
		this.#paced = new PacedSender({
			waiting: () => socket.bufferedAmount,
			send: (bytes) => socket.send(bytes as BufferSource),
		});
		this.#pulse = startPulse(
			socket,
			() => this.#loggedIn,
			() => this.#lost(socket, 0),
		);
		socket.onmessage = ({ data }) => void this.#receive(socket, new Uint8Array(data as ArrayBuffer));
		socket.onclose = ({ code }) => this.#lost(socket, code);
	}

	async #receive(socket: WebSocket, bytes: Uint8Array): Promise<void> {
		this.#pulse?.heard();
		const frame = decodeOwnFrame(bytes);
		if (!frame.ok) return;
		if (frame.value.number === 65) await this.#login(socket, frame.value);
		else if (frame.value.number === 64) this.#events.message(frame.value.message);
		else if (frame.value.message.t !== 'alive') this.#events.draft(frame.value.message);
	}

	async #login(socket: WebSocket, { message }: Extract<OwnMessage, { number: 65 }>): Promise<void> {
		if (message.t === 'challenge') return this.#prove(socket, message);
		if (message.t !== 'welcome') return;
		this.#loggedIn = true;
		this.#failures = 0;
		this.#events.status('open');
	}

	async #prove(socket: WebSocket, challenge: Challenge): Promise<void> {
		const accepted = await this.#credentials.accepts(challenge);
		if (socket !== this.#socket) return;
		if (!accepted) return this.rest('relay-ended');
		const proof = await proofFor(this.#credentials, new URL(this.#url).host, challenge);
		if (socket.readyState === WebSocket.OPEN) socket.send(encodeLoginMessage(proof) as BufferSource);
	}

	/** CLOSE-1, CLOSE-2. */
	#lost(socket: WebSocket, code: number): void {
		if (socket !== this.#socket || this.#closed) return;
		const then = afterClose(code);
		if (then === 'stop') return this.rest(statusOf(code));
		this.#drop();
		this.#events.status(statusOf(code));
		this.#retry = setTimeout(this.#tryAgain, waitBeforeRetry(then, this.#failures++, Math.random()));
	}

	#drop(): void {
		this.#pulse?.stop();
		this.#paced?.stop();
		const socket = this.#socket;
		this.#socket = undefined;
		this.#loggedIn = false;
		if (!socket) return;
		socket.onmessage = null;
		socket.onclose = null;
		socket.close();
	}
}

function* encoded(messages: Iterable<LedgerMessage>): Iterable<Uint8Array> {
	for (const message of messages) yield encodeLedgerMessage(message);
}
