import { randomBytes } from 'node:crypto';
import type { RawData, WebSocket } from 'ws';
import type { DeviceKey } from '#core/kernel/ids.ts';
import type { Role } from '#core/roster/roles.ts';
import { MESSAGE_LIMITS } from '#core/kernel/cbor.ts';
import type { Proof } from '#core/wire/login-messages.ts';
import type { Room as RoomName } from '#core/wire/rooms.ts';
import {
	BEFORE_LOGIN,
	CLOSE_CODES,
	decodeOwnFrame,
	encodeDraftMessage,
	encodeLoginMessage,
	MESSAGE_NUMBERS,
	type CloseReason,
} from '#core/wire/frames.ts';
import type { Log } from '../log.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Grid } from './grids.ts';
import { EarlyFrames } from './early-frames.ts';
import { Inbox } from './inbox.ts';
import { Outbox, type Frames } from './outbox.ts';

/** How long a closing handshake may take before the socket is dropped, in milliseconds. */
const CLOSING = 2000;

/** What a session speaks to once it is logged in. */
export interface Room {
	/** Whether somebody of this session's role has any business here. */
	admits(session: Session): boolean;
	enter(session: Session): void;
	/** One frame after login; answers how the session must end, if it must. */
	receive(session: Session, frame: Uint8Array): CloseReason | undefined;
	leave(session: Session): void;
}

/** What a proven key is let into, or how the connection ends. */
export type LoginOutcome = { readonly grid: Grid; readonly room: Room } | CloseReason;

export interface SessionDeps {
	readonly queue: CommitQueue;
	readonly log: Log;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly relayKey: DeviceKey;
	readonly logIn: (session: Session, proof: Proof) => LoginOutcome | Promise<LoginOutcome>;
	readonly ended: (session: Session) => void;
}

/**
 * One connection: `proving` until its proof is found true, `entering` while its room is opened, then `open`. Frames that
 * arrive earlier wait, within LEDGER 5's limits, so that a stock y-websocket client may speak first.
 */
export class Session {
	readonly name: RoomName;
	/** The host the client dialed, which its proof must name. */
	readonly host: string;
	readonly nonce = Uint8Array.from(randomBytes(32));
	readonly openedAt: number;
	key: DeviceKey | undefined;
	/** The founding code this session showed. */
	founding: string | undefined;
	readonly #socket: WebSocket;
	readonly #deps: SessionDeps;
	readonly #inbox: Inbox;
	readonly #outbox: Outbox;
	readonly #early = new EarlyFrames();
	#state: 'proving' | 'entering' | 'open' | 'closed' = 'proving';
	#grid: Grid | undefined;
	#room: Room | undefined;
	#role: { readonly rosterSize: number; readonly role: Role | undefined } | undefined;
	#proofTimer: NodeJS.Timeout | undefined;

	constructor(name: RoomName, host: string, socket: WebSocket, deps: SessionDeps) {
		this.name = name;
		this.host = host;
		this.#socket = socket;
		this.#deps = deps;
		this.openedAt = deps.now();
		this.#inbox = new Inbox(socket, (frame) => this.#receive(frame));
		this.#outbox = new Outbox(
			socket,
			() => this.close('tooMuch'),
			(error) => this.#fail(error),
		);
		this.#listen();
	}

	/** What the key is by the roster of this moment: a newcomer may be admitted while it is connected. */
	get role(): Role | undefined {
		if (!this.#grid || !this.key) return undefined;
		const { rosterSize } = this.#grid;
		if (this.#role?.rosterSize !== rosterSize) this.#role = { rosterSize, role: this.#grid.roleOf(this.key) };
		// Between its login and its genesis a founder is nobody's member yet.
		return this.#role.role ?? (this.founding !== undefined && !this.#grid.isFounded ? 'founder' : undefined);
	}

	/** Says it after the commit of this turn. */
	send(frame: Uint8Array): void {
		this.#deps.queue.after(() => this.#outbox.send(frame));
	}

	/** A long answer, made while it is sent, after the commit of this turn. */
	sendBulk(frames: Frames): void {
		this.#deps.queue.after(() => this.#outbox.sendBulk(frames));
	}

	/** For a broadcast that already runs after its commit. */
	sendNow(frame: Uint8Array): void {
		this.#outbox.send(frame);
	}

	close(reason: CloseReason): void {
		if (this.#state === 'closed') return;
		this.#end();
		this.#socket.close(CLOSE_CODES[reason], reason);
		// A client that reads nothing never sees the closing frame either.
		setTimeout(() => this.#socket.terminate(), CLOSING).unref();
	}

	#listen(): void {
		this.#socket.on('message', (data, isBinary) => this.#heard(data, isBinary));
		this.#socket.on('error', () => this.#end());
		this.#socket.on('close', () => this.#end());
		this.#proofTimer = setTimeout(() => this.close('tooSlow'), BEFORE_LOGIN.milliseconds);
		const { relayKey } = this.#deps;
		this.send(encodeLoginMessage({ t: 'challenge', relay: relayKey, nonce: this.nonce }));
	}

	#heard(data: RawData, isBinary: boolean): void {
		if (this.#state === 'closed') return;
		if (!isBinary) return this.close('malformed');
		this.#inbox.take(bytesOf(data));
	}

	#receive(frame: Uint8Array): void {
		if (this.#state === 'closed') return;
		try {
			if (this.#state === 'open') this.#handle(frame);
			else this.#handleEarly(frame);
		} catch (error) {
			this.#deps.log.fault('a bug in one message; its connection was closed', error);
			this.close('malformed');
		}
	}

	#handleEarly(frame: Uint8Array): void {
		const isProven = this.#state === 'entering';
		if (!this.#early.hasRoomFor(frame, isProven)) return this.close('tooMuch');
		if (!isProven && frame[0] === MESSAGE_NUMBERS.login) return this.#prove(frame);
		if (!this.#early.keep(frame, isProven)) this.close('tooMuch');
	}

	#prove(frame: Uint8Array): void {
		const decoded = decodeOwnFrame(frame, { ...MESSAGE_LIMITS, bytes: BEFORE_LOGIN.bytes });
		if (!decoded.ok || decoded.value.number !== 65 || decoded.value.message.t !== 'proof') {
			return this.close('malformed');
		}
		this.#state = 'entering';
		clearTimeout(this.#proofTimer);
		const outcome = this.#deps.logIn(this, decoded.value.message);
		if (!(outcome instanceof Promise)) return this.#enter(outcome);
		outcome.then((value) => this.#enter(value)).catch((error: unknown) => this.#fail(error));
	}

	#fail(error: unknown): void {
		this.#deps.log.fault('a room could not be served; its connection was closed', error);
		this.close('notKnownYet');
	}

	#enter(outcome: LoginOutcome): void {
		if (this.#state === 'closed') return;
		if (typeof outcome === 'string') return this.close(outcome);
		this.#grid = outcome.grid;
		const { role } = this;
		if (!role || !outcome.room.admits(this)) return this.close('forbidden');
		this.#room = outcome.room;
		this.#state = 'open';
		this.send(encodeLoginMessage({ t: 'welcome', role }));
		this.#room.enter(this);
		for (const frame of this.#early.take()) this.#handle(frame);
	}

	#handle(frame: Uint8Array): void {
		if (this.#state !== 'open' || !this.#room) return;
		const ending = frame[0] === MESSAGE_NUMBERS.draft ? this.#beat(frame) : this.#room.receive(this, frame);
		if (ending) this.close(ending);
	}

	#beat(frame: Uint8Array): CloseReason | undefined {
		const decoded = decodeOwnFrame(frame);
		if (!decoded.ok || decoded.value.number !== 66) return 'malformed';
		const { message } = decoded.value;
		if (message.t === 'beat') this.send(encodeDraftMessage({ t: 'alive', n: message.n }));
		return undefined;
	}

	#end(): void {
		if (this.#state === 'closed') return;
		this.#state = 'closed';
		clearTimeout(this.#proofTimer);
		this.#inbox.clear();
		this.#early.take();
		this.#room?.leave(this);
		this.#deps.ended(this);
	}
}

function bytesOf(data: RawData): Uint8Array {
	if (Array.isArray(data)) return Uint8Array.from(Buffer.concat(data));
	// A copy: ws may hand out a view of its pool, and what is kept must not keep the pool.
	return Uint8Array.from(data instanceof ArrayBuffer ? new Uint8Array(data) : data);
}
