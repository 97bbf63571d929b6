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
import type { Dial, Line, LineSocket } from '#core/wire/line.ts';
import type { Challenge } from '#core/wire/login-messages.ts';
import { trunkRoom } from '#core/wire/rooms.ts';
import { proofFor, type Credentials } from './trunk-connection/credentials.ts';
import { PacedSender } from './trunk-connection/paced-sender.ts';
import { startPulse, type Pulse } from './trunk-connection/pulse.ts';
import { statusOf, type TrunkStatus } from './trunk-connection/status.ts';

type LoginFrame = Extract<OwnMessage, { number: 65 }>;

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
	readonly #dialLine: Dial;
	readonly #credentials: Credentials;
	readonly #events: TrunkEvents;
	#dialing: ReturnType<Dial> | undefined;
	#socket: LineSocket | undefined;
	#loggedIn = false;
	#failures = 0;
	#paced: PacedSender | undefined;
	#pulse: Pulse | undefined;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#closed = false;
	/** Nothing is tried until somebody calls `connect`. */
	#resting = true;

	constructor(dial: Dial, credentials: Credentials, events: TrunkEvents) {
		this.#dialLine = dial;
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
		if (this.#loggedIn) this.#socket?.send(encodeLedgerMessage(message));
	}

	/** The same about drafts. */
	sendAboutDraft(message: DraftMessage): void {
		if (this.#loggedIn) this.#socket?.send(encodeDraftMessage(message));
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
		if (this.#closed || this.#resting || this.#dialing) return;
		clearTimeout(this.#retry);
		void this.#dial();
	};

	async #dial(): Promise<void> {
		this.#events.status('connecting');
		const dialing = (this.#dialing = this.#dialLine());
		const line = await dialing;
		if (dialing !== this.#dialing) return;
		if (line.ok) this.#open(line.value);
		else this.#over(0);
	}

	#open(line: Line): void {
		const socket = line.socket(trunkRoom(this.#credentials.grid));
		socket.binaryType = 'arraybuffer';
		this.#socket = socket;
		this.#paced = new PacedSender({ waiting: () => socket.bufferedAmount, send: (bytes) => socket.send(bytes) });
		this.#pulse = startPulse(
			socket,
			() => this.#loggedIn,
			() => this.#lost(socket, 0),
		);
		socket.onmessage = ({ data }) => void this.#receive(line, socket, new Uint8Array(data));
		socket.onclose = ({ code }) => this.#lost(socket, code);
	}

	async #receive(line: Line, socket: LineSocket, bytes: Uint8Array): Promise<void> {
		this.#pulse?.heard();
		const frame = decodeOwnFrame(bytes);
		if (!frame.ok) return;
		if (frame.value.number === 65) await this.#login(line, socket, frame.value);
		else if (frame.value.number === 64) this.#events.message(frame.value.message);
		else if (frame.value.message.t !== 'alive') this.#events.draft(frame.value.message);
	}

	async #login(line: Line, socket: LineSocket, { message }: LoginFrame): Promise<void> {
		if (message.t === 'challenge') return this.#prove(line, socket, message);
		if (message.t !== 'welcome') return;
		this.#loggedIn = true;
		this.#failures = 0;
		this.#events.status('open');
	}

	async #prove(line: Line, socket: LineSocket, challenge: Challenge): Promise<void> {
		const accepted = await this.#credentials.accepts(challenge);
		if (socket !== this.#socket) return;
		if (!accepted) return this.rest('relay-ended');
		const proof = await proofFor(this.#credentials, line.host, challenge);
		if (socket.readyState === socket.OPEN) socket.send(encodeLoginMessage(proof));
	}

	#lost(socket: LineSocket, code: number): void {
		if (socket === this.#socket) this.#over(code);
	}

	/** CLOSE-1, CLOSE-2. */
	#over(code: number): void {
		if (this.#closed) return;
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
		this.#dialing = undefined;
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
