import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import {
	CLOSE_CODES,
	decodeOwnFrame,
	encodeDraftMessage,
	encodeLedgerMessage,
	encodeLoginMessage,
	type OwnMessage,
} from '#core/wire/frames.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { loginMessage, type Challenge } from '#core/wire/login-messages.ts';
import { trunkRoom } from '#core/wire/rooms.ts';

/** What the connection needs to prove who it is. */
export interface Credentials {
	readonly grid: GridId;
	readonly key: DeviceKey;
	sign(message: Uint8Array): Promise<Uint8Array>;
	/** Wires that introduce the key to a relay that has not heard of it. */
	introduction(): Promise<readonly Uint8Array[]>;
	readonly founding: string | undefined;
}

export type TrunkStatus = 'connecting' | 'open' | 'lost' | 'not-known-yet' | 'forbidden';

export interface TrunkEvents {
	/** `open` means: logged in. */
	status(status: TrunkStatus): void;
	message(message: LedgerMessage): void;
}

const BEAT_MS = 1000;
/** UX 2: the state line is right within 3 s of a real loss. */
const SILENCE_MS = 1800;
const CONNECT_MS = 5000;
const LONGEST_WAIT_MS = 20_000;

/** The always-open connection to a grid's trunk room. Reconnects by itself until it is closed. */
export class TrunkConnection {
	readonly #url: string;
	readonly #credentials: Credentials;
	readonly #events: TrunkEvents;
	#socket: WebSocket | undefined;
	#loggedIn = false;
	#failures = 0;
	#beats = 0;
	#lastHeard = 0;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#pulse: ReturnType<typeof setInterval> | undefined;
	#closed = false;

	constructor(url: string, credentials: Credentials, events: TrunkEvents) {
		this.#url = url;
		this.#credentials = credentials;
		this.#events = events;
		addEventListener('online', this.reconnectNow);
		document.addEventListener('visibilitychange', this.reconnectNow);
		this.#connect();
	}

	/** Sends if logged in; otherwise the message is dropped, and the next login reconciles. */
	send(message: LedgerMessage): void {
		if (this.#loggedIn) this.#socket?.send(encodeLedgerMessage(message) as BufferSource);
	}

	readonly reconnectNow = (): void => {
		if (this.#closed || this.#socket) return;
		clearTimeout(this.#retry);
		this.#connect();
	};

	close(): void {
		this.#closed = true;
		clearTimeout(this.#retry);
		removeEventListener('online', this.reconnectNow);
		document.removeEventListener('visibilitychange', this.reconnectNow);
		this.#drop();
	}

	#connect(): void {
		this.#events.status('connecting');
		const socket = new WebSocket(`${this.#url}/${trunkRoom(this.#credentials.grid)}`);
		socket.binaryType = 'arraybuffer';
		this.#socket = socket;
		this.#lastHeard = performance.now();
		this.#pulse = setInterval(() => this.#beat(socket), BEAT_MS);
		socket.onmessage = ({ data }) => void this.#receive(socket, new Uint8Array(data as ArrayBuffer));
		socket.onclose = ({ code }) => this.#lost(socket, code);
	}

	/** The browser gives no sign when a network goes silent; an unanswered beat is the sign. */
	#beat(socket: WebSocket): void {
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

	#lost(socket: WebSocket, code: number): void {
		if (socket !== this.#socket) return;
		this.#drop();
		if (this.#closed) return;
		this.#events.status(statusOf(code));
		const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.#failures++);
		this.#retry = setTimeout(this.reconnectNow, wait);
	}

	#drop(): void {
		clearInterval(this.#pulse);
		const socket = this.#socket;
		this.#socket = undefined;
		this.#loggedIn = false;
		if (!socket) return;
		socket.onmessage = null;
		socket.onclose = null;
		socket.close();
	}
}

function statusOf(code: number): TrunkStatus {
	if (code === CLOSE_CODES.notKnownYet) return 'not-known-yet';
	return code === CLOSE_CODES.forbidden ? 'forbidden' : 'lost';
}
