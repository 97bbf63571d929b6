import { randomBytes } from 'node:crypto';
import type { DeviceKey } from '#core/kernel/ids.ts';
import type { Role } from '#core/roster/roles.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import {
	BEFORE_LOGIN,
	decodeOwnFrame,
	encodeDraftMessage,
	encodeLoginMessage,
	MESSAGE_NUMBERS,
} from '#core/wire/frames.ts';
import type { Room as RoomName } from '#core/wire/rooms.ts';
import { Connection } from './connection.ts';
import { EarlyFrames } from './early-frames.ts';
import type { Grid } from './grids.ts';
import { readProof } from './login.ts';
import type { Frames } from './outbox.ts';
import type { LoginOutcome, Room } from './room.ts';
import type { Arrival, SessionDeps } from './session-deps.ts';
import type { RelaySocket } from './socket.ts';

/**
 * One connection: `proving` until its proof is found true, `entering` while its room is opened, then `open`. Frames that
 * arrive earlier wait, within LEDGER 5's limits, so that a stock y-websocket client may speak first.
 */
export class Session {
	readonly arrival: Arrival;
	readonly nonce = Uint8Array.from(randomBytes(32));
	readonly openedAt: number;
	key: DeviceKey | undefined;
	/** The founding code this session showed. */
	founding: string | undefined;
	readonly #connection: Connection;
	readonly #deps: SessionDeps;
	readonly #early = new EarlyFrames();
	readonly #proofTimer: NodeJS.Timeout;
	#state: 'proving' | 'entering' | 'open' | 'closed' = 'proving';
	#grid: Grid | undefined;
	#room: Room | undefined;
	#role: { readonly rosterSize: number; readonly role: Role | undefined } | undefined;

	constructor(arrival: Arrival, socket: RelaySocket, deps: SessionDeps) {
		this.arrival = arrival;
		this.#deps = deps;
		this.openedAt = deps.now();
		this.#connection = new Connection(socket, {
			frame: (frame) => this.#receive(frame),
			broken: (reason) => this.close(reason),
			failed: (error) => this.#fail(error),
			ended: () => this.#end(),
		});
		this.#proofTimer = setTimeout(() => this.close('tooSlow'), BEFORE_LOGIN.milliseconds);
		const wires = deps.introduction(this);
		this.send(encodeLoginMessage({ t: 'challenge', relay: deps.relayKey, nonce: this.nonce, wires }));
	}

	get name(): RoomName {
		return this.arrival.name;
	}

	/** Whether it is in its room, or was until it ended. */
	get isLoggedIn(): boolean {
		return this.#room !== undefined;
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
		this.#deps.queue.after(() => this.#connection.send(frame));
	}

	/** A long answer, made while it is sent, after the commit of this turn. */
	sendBulk(frames: Frames): void {
		this.#deps.queue.after(() => this.#connection.sendBulk(frames));
	}

	/** For a broadcast that already runs after its commit. */
	sendNow(frame: Uint8Array): void {
		this.#connection.send(frame);
	}

	checkPulse(): void {
		this.#connection.checkPulse();
	}

	/** RELAY-54: ends it if its key is nobody here any more. */
	checkRights(): void {
		if (this.#state === 'open' && this.role === undefined) this.close('forbidden');
	}

	close(reason: CloseReason): void {
		if (this.#state === 'closed') return;
		this.#end();
		this.#connection.close(reason);
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
		const proof = readProof(frame);
		if (!proof) return this.close('malformed');
		this.#state = 'entering';
		clearTimeout(this.#proofTimer);
		const outcome = this.#deps.logIn(this, proof);
		if (!(outcome instanceof Promise)) return this.#enter(outcome);
		outcome.then((value) => this.#enter(value)).catch((error: unknown) => this.#fail(error));
	}

	#fail(error: unknown): void {
		this.#deps.log.fault('a room could not be served; its connection was closed', error);
		this.close('restarting');
	}

	#enter(outcome: LoginOutcome): void {
		if (this.#state === 'closed') return;
		// After whatever was said to it, as for one that was sent out and is told by what.
		if (typeof outcome === 'string') return this.#deps.queue.after(() => this.close(outcome));
		this.#grid = outcome.grid;
		const { role } = this;
		if (!role || !outcome.room.admits(this)) return this.close('forbidden');
		const objection = this.#deps.entering(this);
		if (objection) return this.close(objection);
		this.#room = outcome.room;
		this.#state = 'open';
		this.send(encodeLoginMessage({ t: 'welcome', role }));
		this.#room.enter(this);
		for (const early of this.#early.take()) this.#handle(early);
	}

	#handle(frame: Uint8Array): void {
		if (this.#state !== 'open' || !this.#room || !this.#grid) return;
		const isDraftMessage = frame[0] === MESSAGE_NUMBERS.draft;
		const ending = isDraftMessage ? this.#hearDraft(frame, this.#grid) : this.#room.receive(this, frame);
		if (ending) this.close(ending);
	}

	#hearDraft(frame: Uint8Array, grid: Grid): CloseReason | undefined {
		const decoded = decodeOwnFrame(frame);
		if (!decoded.ok || decoded.value.number !== 66) return 'malformed';
		const { message } = decoded.value;
		if (message.t !== 'beat') return this.#deps.hearDraft(this, grid, message);
		this.send(encodeDraftMessage({ t: 'alive', n: message.n }));
		return undefined;
	}

	#end(): void {
		if (this.#state === 'closed') return;
		this.#state = 'closed';
		clearTimeout(this.#proofTimer);
		this.#connection.silence();
		this.#early.take();
		this.#room?.leave(this);
		this.#deps.ended(this);
	}
}
