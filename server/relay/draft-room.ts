import { accessTo, type Access } from '#core/roster/permissions.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import type { DraftKind } from '#core/wire/rooms.ts';
import type { CommitQueue } from './commit-queue.ts';
import { awarenessFrame, readDraftFrame, step1Frame, step2Frame } from './draft-frames.ts';
import { DraftIntake } from './draft-intake.ts';
import type { DraftLog } from './draft-log.ts';
import { DraftTurns } from './draft-turns.ts';
import { DraftWriters } from './draft-writers.ts';
import { LIMITS } from './limits.ts';
import { Presence } from './presence.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';

export interface DraftRoomDeps {
	readonly queue: CommitQueue;
	readonly now: () => number;
	readonly elapsed: () => number;
	/** Edits of this draft are committed; `from`: who brought them. */
	readonly committed: (room: string, update: Uint8Array, from: ReadonlySet<Session>) => void;
	/** Nobody is in the room any more, and everything of it is committed. */
	readonly emptied: (room: DraftRoom) => void;
}

/** One draft, spoken to by ordinary y-websocket clients. Nothing here decides what the text means. */
export class DraftRoom implements Room {
	readonly name: string;
	readonly #kind: DraftKind;
	readonly #log: DraftLog;
	readonly #deps: DraftRoomDeps;
	readonly #presence = new Presence();
	readonly #writers = new DraftWriters();
	readonly #turns: DraftTurns;
	readonly #intake: DraftIntake;
	#isClosed = false;

	constructor(name: string, kind: DraftKind, log: DraftLog, deps: DraftRoomDeps) {
		this.name = name;
		this.#kind = kind;
		this.#log = log;
		this.#deps = deps;
		this.#turns = new DraftTurns({ ...deps, room: name, writers: this.#writers, presence: this.#presence });
		this.#intake = new DraftIntake(name, log, this.#writers, this.#turns);
	}

	get isEmpty(): boolean {
		return this.#writers.isEmpty;
	}

	/** The same for two drafts that say the same. */
	get digest(): string {
		return this.#log.digest();
	}

	admits(session: Session): boolean {
		return this.access(session) !== 'none';
	}

	access(session: Session): Access {
		return session.role === undefined ? 'none' : accessTo(this.#kind, session.role);
	}

	enter(session: Session): void {
		// A reader has nothing to give, and a stock client answers step 1 by itself.
		const isWriter = this.access(session) === 'write';
		this.#writers.enter(session, isWriter);
		if (isWriter) session.send(step1Frame(this.stateVector()));
		const present = this.#presence.present();
		if (present.length > 0) session.send(awarenessFrame(this.#presence.encode(present)));
	}

	leave(session: Session): void {
		if (!this.#writers.leave(session)) return;
		const client = this.#presence.leave(session, this.#deps.elapsed());
		if (client !== undefined) this.#turns.noteMoved([client]);
		this.closeIfEmpty();
	}

	/** After the commit: a room opened again before it would not find this turn's edits in the store. */
	closeIfEmpty(): void {
		if (this.isEmpty) this.#deps.queue.after(() => this.#emptied());
	}

	receive(session: Session, frame: Uint8Array): CloseReason | undefined {
		const access = this.access(session);
		if (access === 'none') return 'forbidden';
		const read = readDraftFrame(frame);
		if (!read.ok) return 'malformed';
		switch (read.value.t) {
			case 'step1':
				return this.#answerStep1(session, read.value.stateVector);
			case 'step2':
			case 'update':
				return this.edit(session, read.value.update, read.value.t === 'step2');
			case 'awareness':
				return this.#hearPresence(session, read.value.states);
			case 'query-awareness':
				session.send(awarenessFrame(this.#presence.encode(this.#presence.present())));
				return undefined;
		}
	}

	/** `isAnswer`: to our step 1, so it holds all that its sender has. */
	edit(session: Session, update: Uint8Array, isAnswer: boolean): CloseReason | undefined {
		return this.#intake.take(session, update, { isAnswer, mayWrite: this.access(session) === 'write' });
	}

	stateVector(): Uint8Array {
		return this.#log.stateVector();
	}

	/** Throws when the vector is malformed. */
	difference(stateVector: Uint8Array): Uint8Array {
		return this.#log.difference(stateVector);
	}

	/** Everything held is committed at this moment, and a commit in the next turn is later than all of it. */
	#emptied(): void {
		// Somebody may have come back meanwhile; and a room that is closed has nothing more to say about its successor.
		if (!this.isEmpty || this.#isClosed) return;
		this.#isClosed = true;
		const update = this.#log.takeSnapshot();
		if (update) this.#deps.queue.snapshot({ room: this.name, update });
		this.#deps.emptied(this);
	}

	#answerStep1(session: Session, stateVector: Uint8Array): CloseReason | undefined {
		try {
			session.send(step2Frame(this.difference(stateVector)));
			return undefined;
		} catch {
			return 'malformed';
		}
	}

	#hearPresence(session: Session, states: Uint8Array): CloseReason | undefined {
		if (states.length > LIMITS.awareness) return 'tooMuch';
		const heard = this.#presence.hear(session, states, this.#deps.elapsed());
		if (!heard.ok) return 'malformed';
		this.#turns.noteMoved(heard.value);
		return undefined;
	}
}
