import { encodeDraftMessage } from '#core/wire/frames.ts';
import { parseRoom } from '#core/wire/rooms.ts';
import type { Drafts } from '../relay/drafts.ts';
import type { Grid } from '../relay/grids.ts';
import type { Session } from '../relay/session.ts';

/** As many as one message holds. */
const BATCH = 64;

/**
 * LINK-4: says of every draft in which state it is here, some at a time: the other relay asks for those that differ, and
 * says when it has, so that neither has more than one batch under way.
 */
export class DraftComparison {
	readonly #session: Session;
	readonly #grid: Grid;
	readonly #drafts: Drafts;
	#left: readonly string[] = [];
	#isUnderWay = false;

	constructor(session: Session, grid: Grid, drafts: Drafts) {
		this.#session = session;
		this.#grid = grid;
		this.#drafts = drafts;
	}

	/** Begins again with the first; `isStuck`: does not wait for an answer that is still to come. */
	start(isStuck: boolean): void {
		this.#left = this.#drafts.rooms(this.#grid);
		if (isStuck || !this.#isUnderWay) this.next();
	}

	/** The last batch was answered. */
	next(): void {
		const batch = this.#left.slice(0, BATCH);
		this.#left = this.#left.slice(BATCH);
		this.#isUnderWay = batch.length > 0;
		if (this.#isUnderWay) this.#session.sendBulk(this.#have(batch));
	}

	async *#have(rooms: readonly string[]): AsyncIterable<Uint8Array> {
		const drafts: (readonly [string, string])[] = [];
		for (const room of rooms) {
			const name = parseRoom(room);
			const digest = name.ok ? await this.#drafts.digest(this.#grid, name.value) : undefined;
			if (digest !== undefined) drafts.push([room, digest]);
		}
		yield encodeDraftMessage({ t: 'have', drafts });
	}
}
