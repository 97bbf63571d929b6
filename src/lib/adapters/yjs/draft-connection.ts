import { readTailAsUint8Array } from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import { concat, type DeviceKey, type GridId } from '#core/kernel/ids.ts';
import { afterClose } from '#core/wire/close-codes.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { decodeOwnFrame, encodeDraftMessage, encodeLoginMessage, MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import type { Line, LineSocket } from '#core/wire/line.ts';
import { loginMessage, type Challenge } from '#core/wire/login-messages.ts';
import { countingSocket } from './counting-socket.ts';
import type { DraftDocument } from './draft-document.ts';
import { DraftHistory, type PastEdit } from './draft-history.ts';
import { scanIncoming } from './scanned-updates.ts';

export interface DraftCredentials {
	readonly grid: GridId;
	readonly key: DeviceKey;
	sign(message: Uint8Array): Promise<Uint8Array>;
	/** GONE-2: whether the relay with this key may be told anything. */
	accepts(relay: DeviceKey): boolean;
	/** How many local edits the document holds now: asked whenever an update leaves. */
	edits(): number;
	/** The relay has committed the document as it was at so many local edits. */
	committed(edits: number): void;
}

const BEAT_MS = 5000;
const LONGEST_WAIT_MS = 10_000;
/** Whoever asks for a history without a connection waits so long for one. */
const CONNECTION_MS = 4000;

/** y-websocket's provider for one draft, with the relay's login (65) and acknowledgements (66) beside it. */
export class DraftConnection {
	readonly #provider: WebsocketProvider;
	readonly #awareness: Awareness;
	readonly #credentials: DraftCredentials;
	readonly #room: string;
	readonly #line: Line;
	readonly #pulse: ReturnType<typeof setInterval>;
	readonly #history = new DraftHistory();
	#sent: number[] = [];
	#beats = 0;

	/** Connects only when `connect` is called, after the stored draft is loaded. */
	constructor(line: Line, room: string, { doc, awareness }: DraftDocument, credentials: DraftCredentials) {
		this.#credentials = credentials;
		this.#awareness = awareness;
		this.#room = room;
		this.#line = line;
		this.#provider = new WebsocketProvider(`ws://${line.host}`, room, doc, {
			awareness,
			connect: false,
			disableBc: true,
			maxBackoffTime: LONGEST_WAIT_MS,
			shouldReconnect: ({ code }) => afterClose(code) !== 'stop',
			WebSocketPolyfill: countingSocket(
				() => this.#dial(),
				() => this.#sent.push(credentials.edits()),
			),
		});
		scanIncoming(this.#provider);
		this.#provider.on('status', ({ status }) => status === 'connected' && this.#appearAgain());
		this.#provider.messageHandlers[MESSAGE_NUMBERS.login] = (_, decoder) =>
			this.#receive(MESSAGE_NUMBERS.login, readTailAsUint8Array(decoder));
		this.#provider.messageHandlers[MESSAGE_NUMBERS.draft] = (_, decoder) =>
			this.#receive(MESSAGE_NUMBERS.draft, readTailAsUint8Array(decoder));
		this.#pulse = setInterval(() => this.#beat(), BEAT_MS);
	}

	/** Whether an update that Yjs names this origin for came from a relay. */
	static isOrigin(origin: unknown): boolean {
		return origin instanceof WebsocketProvider;
	}

	connect(): void {
		this.#provider.connect();
	}

	/** Until `connect` is called again. */
	disconnect(): void {
		this.#provider.disconnect();
	}

	/** Everything that was ever written here, as the relay remembers it; undefined when it does not answer. */
	async history(): Promise<readonly PastEdit[] | undefined> {
		await this.#connected();
		return this.#history.read((message) => this.#say(message));
	}

	close(): void {
		clearInterval(this.#pulse);
		this.#history.drop();
		this.#provider.destroy();
	}

	#receive(number: number, body: Uint8Array): void {
		const frame = decodeOwnFrame(concat(Uint8Array.of(number), body));
		if (!frame.ok) return;
		const { message } = frame.value;
		if (message.t === 'challenge') void this.#prove(message);
		else if (message.t === 'past') this.#history.answer(message);
		else if (message.t === 'stored') this.#credentials.committed(this.#sent[message.n - 1] ?? 0);
	}

	async #prove({ relay, nonce }: Challenge): Promise<void> {
		if (!this.#credentials.accepts(relay)) return this.disconnect();
		const { grid, key } = this.#credentials;
		const socket = this.#provider.ws;
		const signature = await this.#credentials.sign(loginMessage(relay, nonce, grid, this.#room, this.#line.host));
		if (socket?.readyState !== WebSocket.OPEN) return;
		socket.send(encodeLoginMessage({ t: 'proof', key, signature, wires: [] }) as BufferSource);
	}

	/** y-websocket gives a connection up after 30 s of silence; an idle draft would be reconnected for ever. */
	#beat(): void {
		this.#say({ t: 'beat', n: ++this.#beats });
	}

	#say(message: DraftMessage): boolean {
		const socket = this.#provider.ws;
		if (socket?.readyState !== WebSocket.OPEN) return false;
		socket.send(encodeDraftMessage(message) as BufferSource);
		return true;
	}

	/** The others were told that this device had gone; said with the same number, its presence would be no news to them. */
	#appearAgain(): void {
		this.#awareness.setLocalState(this.#awareness.getLocalState());
	}

	/** What was said on the last connection is counted no more. */
	#dial(): LineSocket {
		this.#sent = [];
		this.#history.drop();
		return this.#line.socket(this.#room);
	}

	#connected(): Promise<void> {
		if (this.#provider.synced) return Promise.resolve();
		return new Promise((resolve) => {
			const done = () => (clearTimeout(timer), this.#provider.off('sync', done), resolve());
			const timer = setTimeout(done, CONNECTION_MS);
			this.#provider.on('sync', done);
		});
	}
}
