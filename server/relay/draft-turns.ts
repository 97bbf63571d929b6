import { encodeDraftMessage } from '#core/wire/frames.ts';
import type { CommitQueue } from './commit-queue.ts';
import { awarenessFrame, updateFrame } from './draft-frames.ts';
import { mergeAll } from './draft-log.ts';
import type { DraftWriters } from './draft-writers.ts';
import type { Presence } from './presence.ts';
import type { Session } from './session.ts';

export interface DraftTurnsDeps {
	readonly room: string;
	readonly queue: CommitQueue;
	readonly writers: DraftWriters;
	readonly presence: Presence;
	readonly now: () => number;
	/** Edits of this draft are committed; `from`: who brought them. */
	readonly committed: (room: string, update: Uint8Array, from: ReadonlySet<Session>) => void;
}

interface Edit {
	readonly from: Session;
	readonly update: Uint8Array;
}

/** What came into one draft in a turn: stored together, and told to the others only after that (ARCHITECTURE 5). */
export class DraftTurns {
	readonly #deps: DraftTurnsDeps;
	#edits: Edit[] = [];
	#toAcknowledge = new Set<Session>();
	#moved = new Set<number>();

	constructor(deps: DraftTurnsDeps) {
		this.#deps = deps;
	}

	noteEdit(from: Session, update: Uint8Array): void {
		this.#edits.push({ from, update });
		this.#schedule();
	}

	acknowledge(session: Session): void {
		this.#toAcknowledge.add(session);
		this.#schedule();
	}

	noteMoved(clients: readonly number[]): void {
		for (const client of clients) this.#moved.add(client);
		if (this.#moved.size > 0) this.#schedule();
	}

	#schedule(): void {
		this.#deps.queue.before(this, () => this.#end());
	}

	/** One row for each author and one frame for all: a busy room costs by the turn, not by edit and reader. */
	#end(): void {
		const edits = this.#edits;
		const moved = this.#moved;
		const counts = [...this.#toAcknowledge].map((session) => [session, this.#deps.writers.kept(session)] as const);
		this.#edits = [];
		this.#moved = new Set();
		this.#toAcknowledge = new Set();
		const byAuthor = Map.groupBy(edits, ({ from }) => from);
		const updates = [...byAuthor].map(([from, own]) => this.#store(from, own));
		this.#deps.queue.after(() => {
			if (edits.length > 0) this.#tell(mergeAll(updates), new Set(byAuthor.keys()));
			for (const [session, n] of counts) if (n !== undefined) session.sendNow(encodeDraftMessage({ t: 'stored', n }));
			if (moved.size > 0) this.#broadcast(awarenessFrame(this.#deps.presence.encode(moved)));
		});
	}

	/** Own edits come back only merged with those of others; applying them twice changes nothing. */
	#tell(update: Uint8Array, from: ReadonlySet<Session>): void {
		const [only] = from.size === 1 ? from : [];
		this.#broadcast(updateFrame(update), only);
		this.#deps.committed(this.#deps.room, update, from);
	}

	#store(from: Session, edits: readonly Edit[]): Uint8Array {
		const update = mergeAll(edits.map((edit) => edit.update));
		const { queue, room, now } = this.#deps;
		if (from.key) queue.update({ room, update, at: now(), author: from.key });
		return update;
	}

	/** Presence goes back to its own sender too: y-websocket takes 30 silent seconds for a dead connection. */
	#broadcast(frame: Uint8Array, except?: Session): void {
		for (const session of this.#deps.writers.sessions) if (session !== except) session.sendNow(frame);
	}
}
