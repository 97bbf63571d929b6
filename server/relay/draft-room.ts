import { accessTo, type Access } from '#core/roster/permissions.ts';
import { encodeDraftMessage, type CloseReason } from '#core/wire/frames.ts';
import type { DraftKind } from '#core/wire/rooms.ts';
import type { CommitQueue } from './commit-queue.ts';
import { awarenessFrame, readDraftFrame, step1Frame, step2Frame, updateFrame } from './draft-frames.ts';
import { mergeAll, type DraftLog } from './draft-log.ts';
import { scanUpdate } from './draft-scan.ts';
import { LIMITS } from './limits.ts';
import { Presence } from './presence.ts';
import type { Room, Session } from './session.ts';

export interface DraftRoomDeps {
	readonly queue: CommitQueue;
	readonly now: () => number;
	/** Nobody is in the room any more, and everything of it is committed. */
	readonly emptied: (room: DraftRoom) => void;
}

interface Edit {
	readonly from: Session;
	readonly update: Uint8Array;
}

/** One draft, spoken to by ordinary y-websocket clients. Nothing here decides what the text means. */
export class DraftRoom implements Room {
	readonly name: string;
	readonly #kind: DraftKind;
	readonly #log: DraftLog;
	readonly #deps: DraftRoomDeps;
	readonly #presence = new Presence();
	/** Sessions, and how many updates each has sent. */
	readonly #sent = new Map<Session, number>();
	#edits: Edit[] = [];
	#toAcknowledge = new Set<Session>();
	#moved = new Set<number>();

	constructor(name: string, kind: DraftKind, log: DraftLog, deps: DraftRoomDeps) {
		this.name = name;
		this.#kind = kind;
		this.#log = log;
		this.#deps = deps;
	}

	get isEmpty(): boolean {
		return this.#sent.size === 0;
	}

	admits(session: Session): boolean {
		return this.#access(session) !== 'none';
	}

	enter(session: Session): void {
		this.#sent.set(session, 0);
		// A reader has nothing to give, and a stock client answers step 1 by itself.
		if (this.#access(session) === 'write') session.send(step1Frame(this.#log.stateVector()));
		const present = this.#presence.present();
		if (present.length > 0) session.send(awarenessFrame(this.#presence.encode(present)));
	}

	leave(session: Session): void {
		if (!this.#sent.delete(session)) return;
		const client = this.#presence.leave(session, this.#deps.now());
		if (client !== undefined) this.#noteMoved([client]);
		// After the commit: a room opened again before it would not find this turn's edits in the store.
		if (this.isEmpty) this.#deps.queue.after(() => this.#emptied());
	}

	receive(session: Session, frame: Uint8Array): CloseReason | undefined {
		const access = this.#access(session);
		if (access === 'none') return 'forbidden';
		const read = readDraftFrame(frame);
		if (!read.ok) return 'malformed';
		switch (read.value.t) {
			case 'step1':
				return this.#answerStep1(session, read.value.stateVector);
			case 'update':
				return this.#edit(session, read.value.update, access);
			case 'awareness':
				return this.#hearPresence(session, read.value.states);
			case 'query-awareness':
				session.send(awarenessFrame(this.#presence.encode(this.#presence.present())));
				return undefined;
		}
	}

	/** Everything held is committed at this moment, and a commit in the next turn is later than all of it. */
	#emptied(): void {
		// Somebody may have come back meanwhile.
		if (!this.isEmpty) return;
		const update = this.#log.takeSnapshot();
		if (update) this.#deps.queue.snapshot({ room: this.name, update });
		this.#deps.emptied(this);
	}

	#access(session: Session): Access {
		return session.role === undefined ? 'none' : accessTo(this.#kind, session.role);
	}

	#answerStep1(session: Session, stateVector: Uint8Array): CloseReason | undefined {
		try {
			session.send(step2Frame(this.#log.difference(stateVector)));
			return undefined;
		} catch {
			return 'malformed';
		}
	}

	#edit(session: Session, update: Uint8Array, access: Access): CloseReason | undefined {
		const scanned = scanUpdate(update);
		if (!scanned.ok) return 'malformed';
		if (!scanned.value.isEmpty) {
			if (access !== 'write') return 'forbidden';
			if (!this.#hasRoomFor(update)) return 'tooMuch';
			this.#log.append(update);
			this.#edits.push({ from: session, update });
		}
		this.#sent.set(session, (this.#sent.get(session) ?? 0) + 1);
		this.#toAcknowledge.add(session);
		this.#deps.queue.before(this, () => this.#endTurn());
		return undefined;
	}

	#hasRoomFor(update: Uint8Array): boolean {
		if (this.#log.bytes + update.length <= LIMITS.draft) return true;
		// The count is of unmerged bytes, with everything ever deleted: look closely before refusing somebody.
		this.#log.compact();
		return this.#log.bytes + update.length <= LIMITS.draft;
	}

	#hearPresence(session: Session, states: Uint8Array): CloseReason | undefined {
		if (states.length > LIMITS.awareness) return 'tooMuch';
		const heard = this.#presence.hear(session, states, this.#deps.now());
		if (!heard.ok) return 'malformed';
		this.#noteMoved(heard.value);
		return undefined;
	}

	#noteMoved(clients: readonly number[]): void {
		for (const client of clients) this.#moved.add(client);
		if (this.#moved.size > 0) this.#deps.queue.before(this, () => this.#endTurn());
	}

	/** All edits of a turn are one row and one frame: the cost of a busy room is per turn, not per edit and reader. */
	#endTurn(): void {
		const edits = this.#edits;
		const moved = this.#moved;
		const counts = [...this.#toAcknowledge].map((session) => [session, this.#sent.get(session)] as const);
		this.#edits = [];
		this.#moved = new Set();
		this.#toAcknowledge = new Set();
		const update = mergeAll(edits.map((edit) => edit.update));
		if (edits.length > 0) this.#deps.queue.update({ room: this.name, update });
		this.#deps.queue.after(() => {
			if (edits.length > 0) this.#broadcastEdits(edits, update);
			for (const [session, n] of counts) if (n !== undefined) session.sendNow(encodeDraftMessage({ t: 'stored', n }));
			if (moved.size > 0) this.#broadcast(awarenessFrame(this.#presence.encode(moved)));
		});
	}

	/** Own edits come back only merged with those of others; applying them twice changes nothing. */
	#broadcastEdits(edits: readonly Edit[], update: Uint8Array): void {
		const [first] = edits;
		const isOneAuthor = edits.every(({ from }) => from === first?.from);
		this.#broadcast(updateFrame(update), isOneAuthor ? first?.from : undefined);
	}

	/** Presence goes back to its own sender too: y-websocket takes 30 silent seconds for a dead connection. */
	#broadcast(frame: Uint8Array, except?: Session): void {
		for (const session of this.#sent.keys()) if (session !== except) session.sendNow(frame);
	}
}
