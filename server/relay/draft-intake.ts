import type { CloseReason } from '#core/wire/close-codes.ts';
import { leavesGap, scanUpdate, type ScannedUpdate } from '#core/wire/draft-scan.ts';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { step1Frame } from './draft-frames.ts';
import type { DraftLog } from './draft-log.ts';
import type { DraftTurns } from './draft-turns.ts';
import type { DraftWriters } from './draft-writers.ts';
import { LIMITS } from './limits.ts';
import type { Session } from './session.ts';

/** What the room knows of an update before it is looked at. */
interface Coming {
	/** To our step 1: it holds all that its sender has. */
	readonly isAnswer: boolean;
	readonly mayWrite: boolean;
}

/** DRAFT-4, DRAFT-5: looks at every update of one draft before it is kept. */
export class DraftIntake {
	readonly #room: string;
	readonly #log: DraftLog;
	readonly #writers: DraftWriters;
	readonly #turns: DraftTurns;
	/** On the trunk, asked for everything, and nothing came of it yet. */
	readonly #asked = new WeakSet<Session>();

	constructor(room: string, log: DraftLog, writers: DraftWriters, turns: DraftTurns) {
		this.#room = room;
		this.#log = log;
		this.#writers = writers;
		this.#turns = turns;
	}

	/** Answers how the session must end, if it must. */
	take(session: Session, update: Uint8Array, { isAnswer, mayWrite }: Coming): CloseReason | undefined {
		const scanned = scanUpdate(update);
		if (!scanned.ok) return 'malformed';
		const isInRoom = this.#writers.noteSent(session);
		if (leavesGap(scanned.value, this.#log.known)) return isInRoom ? this.#resync(session) : this.#ask(session);
		if (!scanned.value.isEmpty && !mayWrite) return 'forbidden';
		// LINK-5: what goes on from relay to relay comes back, and must end there.
		if (this.#log.lacks(scanned.value)) {
			if (!this.#hasRoomFor(update)) return 'tooMuch';
			this.#keep(session, update, scanned.value);
		}
		this.#asked.delete(session);
		this.#writers.noteKept(session, isAnswer);
		if (isInRoom) this.#turns.acknowledge(session);
		return undefined;
	}

	#keep(session: Session, update: Uint8Array, scanned: ScannedUpdate): void {
		this.#log.append(update, scanned);
		this.#turns.noteEdit(session, update);
	}

	/** What builds on something that is missing is not kept: its sender is asked for everything, once. */
	#resync(session: Session): undefined {
		if (this.#writers.noteGap(session)) session.send(step1Frame(this.#log.stateVector()));
		return undefined;
	}

	/** The same on the trunk. */
	#ask(session: Session): undefined {
		if (this.#asked.has(session)) return;
		this.#asked.add(session);
		session.send(encodeDraftMessage({ t: 'step1', room: this.#room, vector: this.#log.stateVector() }));
	}

	#hasRoomFor(update: Uint8Array): boolean {
		if (this.#log.bytes + update.length <= LIMITS.draft) return true;
		// The count is of unmerged bytes, with everything ever deleted: look closely before refusing somebody.
		this.#log.compact();
		return this.#log.bytes + update.length <= LIMITS.draft;
	}
}
