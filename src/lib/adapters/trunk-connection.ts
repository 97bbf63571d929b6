import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import { afterClose, closeReasonOf, waitBeforeRetry } from '#core/wire/close-codes.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import {
	decodeOwnFrame,
	encodeDraftMessage,
	encodeLedgerMessage,
	encodeLoginMessage,
	type OwnMessage,
} from '#core/wire/frames.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { loginMessage, type Challenge } from '#core/wire/login-messages.ts';
import { trunkRoom } from '#core/wire/rooms.ts';
import { PacedSender } from './trunk-connection/paced-sender.ts';

/** What the connection needs to prove who it is. */
export interface Credentials {
	readonly grid: GridId;
	readonly key: DeviceKey;
	sign(message: Uint8Array): Promise<Uint8Array>;
	/** Wires that introduce the key to a relay that has not heard of it. */
	introduction(): Promise<readonly Uint8Array[]>;
	readonly founding: string | undefined;
}

/**
 * `full`: logged in, and the relay takes nothing more for now. `forbidden` and `versions-differ` are final: nothing is
 * tried again until the person asks for it.
 */
export type TrunkStatus = 'connecting' | 'open' | 'full' | 'lost' | 'not-known-yet' | 'forbidden' | 'versions-differ';

export interface TrunkEvents {
	/** `open` means: logged in. */
	status(status: TrunkStatus): void;
	message(message: LedgerMessage): void;
	/** About drafts that are not on screen. */
	draft(message: DraftMessage): void;
}

const BEAT_MS = 1000;
/** UX 2: the state line is right within 3 s of a real loss. */
const SILENCE_MS = 1800;
const CONNECT_MS = 5000;

/** The always-open connection to a grid's trunk room. Reconnects by itself until it is closed or sent away for good. */
export class TrunkConnection {
	readonly #url: string;
	readonly #credentials: Credentials;
	readonly #events: TrunkEvents;
	#socket: WebSocket | undefined;
	#loggedIn = false;
	#failures = 0;
	#beats = 0;
	#lastHeard = 0;
	#buffered = 0;
	#paced: PacedSender | undefined;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#pulse: ReturnType<typeof setInterval> | undefined;
	#closed = false;
	#sentAway = false;

	constructor(url: string, credentials: Credentials, events: TrunkEvents) {
		this.#url = url;
		this.#credentials = credentials;
		this.#events = events;
		addEventListener('online', this.#tryAgain);
		document.addEventListener('visibilitychange', this.#tryAgain);
		this.#connect();
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

	/** Because somebody asked for it: also after a refusal that is final. */
	reconnectNow(): void {
		this.#sentAway = false;
		this.#tryAgain();
	}

	close(): void {
		this.#closed = true;
		clearTimeout(this.#retry);
		removeEventListener('online', this.#tryAgain);
		document.removeEventListener('visibilitychange', this.#tryAgain);
		this.#drop();
	}

	readonly #tryAgain = (): void => {
		if (this.#closed || this.#sentAway || this.#socket) return;
		clearTimeout(this.#retry);
		this.#connect();
	};

	#connect(): void {
		this.#events.status('connecting');
		const socket = new WebSocket(`${this.#url}/${trunkRoom(this.#credentials.grid)}`);
		socket.binaryType = 'arraybuffer';
		this.#socket = socket;
		this.#paced = new PacedSender({
			waiting: () => socket.bufferedAmount,
			send: (bytes) => socket.send(bytes as BufferSource),
		});
		this.#lastHeard = performance.now();
		this.#pulse = setInterval(() => this.#beat(socket), BEAT_MS);
		socket.onmessage = ({ data }) => void this.#receive(socket, new Uint8Array(data as ArrayBuffer));
		socket.onclose = ({ code }) => this.#lost(socket, code);
	}

	/**
	 * The browser gives no sign when a network goes silent; an unanswered beat is the sign. While something long leaves,
	 * the answer waits behind it, and that it leaves is sign enough.
	 */
	#beat(socket: WebSocket): void {
		if (socket.bufferedAmount < this.#buffered) this.#lastHeard = performance.now();
		this.#buffered = socket.bufferedAmount;
		const silence = performance.now() - this.#lastHeard;
		if (silence > (this.#loggedIn ? SILENCE_MS : CONNECT_MS)) return this.#lost(socket, 0);
		if (this.#loggedIn) socket.send(encodeDraftMessage({ t: 'beat', n: ++this.#beats }) as BufferSource);
	}

	async #receive(socket: WebSocket, bytes: Uint8Array): Promise<void> {
		this.#lastHeard = performance.now();
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

	async #prove(socket: WebSocket, { relay, nonce }: Challenge): Promise<void> {
		const { grid, key, founding } = this.#credentials;
		const host = new URL(this.#url).host;
		const signature = await this.#credentials.sign(loginMessage(relay, nonce, grid, trunkRoom(grid), host));
		const wires = await this.#credentials.introduction();
		const proof = { t: 'proof', key, signature, wires, ...(founding ? { founding } : {}) } as const;
		if (socket.readyState === WebSocket.OPEN) socket.send(encodeLoginMessage(proof) as BufferSource);
	}

	/** CLOSE-1, CLOSE-2. */
	#lost(socket: WebSocket, code: number): void {
		if (socket !== this.#socket) return;
		this.#drop();
		if (this.#closed) return;
		const then = afterClose(code);
		this.#sentAway = then === 'stop';
		this.#events.status(statusOf(code));
		if (then === 'stop') return;
		this.#retry = setTimeout(this.#tryAgain, waitBeforeRetry(then, this.#failures++, Math.random()));
	}

	#drop(): void {
		clearInterval(this.#pulse);
		this.#paced?.stop();
		const socket = this.#socket;
		this.#socket = undefined;
		this.#loggedIn = false;
		this.#buffered = 0;
		if (!socket) return;
		socket.onmessage = null;
		socket.onclose = null;
		socket.close();
	}
}

function* encoded(messages: Iterable<LedgerMessage>): Iterable<Uint8Array> {
	for (const message of messages) yield encodeLedgerMessage(message);
}

function statusOf(code: number): TrunkStatus {
	const reason = closeReasonOf(code);
	if (reason === 'notKnownYet') return 'not-known-yet';
	if (reason === 'full') return 'full';
	if (reason === 'forbidden') return 'forbidden';
	return afterClose(code) === 'stop' ? 'versions-differ' : 'lost';
}
