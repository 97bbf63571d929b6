import { randomBytes } from 'node:crypto';
import type { DeviceKey } from '#core/kernel/ids.ts';
import type { CallerRole } from '#core/roster/permissions.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import { decodeOwnFrame, encodeDraftMessage, MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import type { Room as RoomName } from '#core/wire/rooms.ts';
import { Connection } from './connection.ts';
import type { Door } from './door.ts';
import type { Grid } from './grids.ts';
import type { Frames } from './outbox.ts';
import { ownProof } from './own-proof.ts';
import type { LoginOutcome, Room } from './room.ts';
import type { Arrival, SessionDeps } from './session-deps.ts';
import type { RelaySocket } from './socket.ts';

/** One connection, whoever dialed: at its `door` until it is known who is there, then `open`, in one room. */
export class Session {
	readonly arrival: Arrival;
	/** What the other side must sign to prove its key. */
	readonly nonce = Uint8Array.from(randomBytes(32));
	readonly openedAt: number;
	key: DeviceKey | undefined;
	/** The founding code this session showed. */
	founding: string | undefined;
	readonly #connection: Connection;
	readonly #deps: SessionDeps;
	readonly #door: Door;
	#state: 'at the door' | 'open' | 'closed' = 'at the door';
	#grid: Grid | undefined;
	#room: Room | undefined;
	#role: { readonly rosterSize: number; readonly role: CallerRole | undefined } | undefined;

	constructor(arrival: Arrival, socket: RelaySocket, deps: SessionDeps, door: (session: Session) => Door) {
		this.arrival = arrival;
		this.#deps = deps;
		this.openedAt = deps.elapsed();
		this.#connection = new Connection(socket, {
			frame: (frame) => this.#receive(frame),
			broken: (reason) => this.close(reason),
			failed: (error) => this.fail(error),
			ended: () => this.#end(),
		});
		this.#door = door(this);
	}

	get name(): RoomName {
		return this.arrival.name;
	}

	/** Whether this relay dialed, and so is the one to ask what differs. */
	get isOutgoing(): boolean {
		return this.#door.isOutgoing;
	}

	/** Whether it is in its room, or was until it ended. */
	get isLoggedIn(): boolean {
		return this.#room !== undefined;
	}

	/** What the key is by the roster of this moment: a newcomer may be admitted while it is connected. */
	get role(): CallerRole | undefined {
		if (!this.#grid || !this.key) return undefined;
		const { rosterSize } = this.#grid;
		if (this.#role?.rosterSize !== rosterSize) this.#role = { rosterSize, role: this.#grid.roleOf(this.key) };
		// Between its login and its genesis a founder is nobody's member yet.
		return this.#role.role ?? (this.founding !== undefined && !this.#grid.isFounded ? 'founder' : undefined);
	}

	/** Its key is proven: lets it into its room, or ends it. */
	enter(outcome: LoginOutcome): void {
		if (this.#state !== 'at the door') return;
		// After whatever was said to it, as for one that was sent out and is told by what.
		if (typeof outcome === 'string') return this.#deps.queue.after(() => this.close(outcome));
		this.#grid = outcome.grid;
		const { role } = this;
		if (!role || !outcome.room.admits(this)) return this.close('forbidden');
		const objection = this.#deps.entering(this);
		if (objection) return this.close(objection);
		this.#room = outcome.room;
		this.#state = 'open';
		const early = this.#door.opened(role);
		this.#room.enter(this);
		for (const frame of early) this.#handle(frame);
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

	/** Something of ours went wrong while it was served. */
	fail(error: unknown): void {
		this.#deps.log.fault('a room could not be served; its connection was closed', error);
		this.close('restarting');
	}

	close(reason: CloseReason): void {
		if (this.#state === 'closed') return;
		this.#end();
		this.#connection.close(reason);
	}

	#receive(frame: Uint8Array): void {
		if (this.#state === 'closed') return;
		try {
			if (this.#state === 'open') return this.#handle(frame);
			const ending = this.#door.hear(frame);
			if (ending) this.close(ending);
		} catch (error) {
			this.#deps.log.fault('a bug in one message; its connection was closed', error);
			this.close('malformed');
		}
	}

	#handle(frame: Uint8Array): void {
		if (this.#state !== 'open' || !this.#room || !this.#grid) return;
		const ending = this.#hear(frame, this.#room, this.#grid);
		if (ending) this.close(ending);
	}

	#hear(frame: Uint8Array, room: Room, grid: Grid): CloseReason | undefined {
		if (frame[0] === MESSAGE_NUMBERS.draft) return this.#hearDraft(frame, grid);
		return frame[0] === MESSAGE_NUMBERS.login ? this.#proveToo(frame) : room.receive(this, frame);
	}

	#hearDraft(frame: Uint8Array, grid: Grid): CloseReason | undefined {
		const decoded = decodeOwnFrame(frame);
		if (!decoded.ok || decoded.value.number !== 66) return 'malformed';
		const { message } = decoded.value;
		if (message.t !== 'beat') return this.#deps.hearDraft(this, grid, message);
		this.send(encodeDraftMessage({ t: 'alive', n: message.n }));
		return undefined;
	}

	/** LINK-3: a relay that has proved itself asks the same of this one. Signed for its key, which nobody else can use. */
	#proveToo(frame: Uint8Array): CloseReason | undefined {
		const decoded = decodeOwnFrame(frame);
		const challenge = decoded.ok && decoded.value.number === 65 ? decoded.value.message : undefined;
		if (challenge?.t !== 'challenge' || this.role !== 'relay' || challenge.relay !== this.key) return 'malformed';
		this.send(ownProof(this.#deps.identity, this, challenge, []));
		return undefined;
	}

	#end(): void {
		if (this.#state === 'closed') return;
		this.#state = 'closed';
		this.#door.closed();
		this.#connection.silence();
		this.#room?.leave(this);
		this.#deps.ended(this);
	}
}
