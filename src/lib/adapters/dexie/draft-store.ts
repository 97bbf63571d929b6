import Dexie, { liveQuery, type Table } from 'dexie';
import type { GridId } from '#core/kernel/ids.ts';

interface DraftUpdateRow {
	readonly n?: number;
	readonly room: string;
	readonly update: Uint8Array;
	/** 0 until a relay has committed it, then 1. Numbers, because IndexedDB has no index over booleans. */
	readonly sent: 0 | 1;
}
export interface StoredUpdate {
	readonly n: number;
	readonly update: Uint8Array;
}

class DraftDatabase extends Dexie {
	declare readonly updates: Table<DraftUpdateRow, number>;

	constructor() {
		super('council-corner-drafts');
		this.version(1).stores({ updates: '++n, room, [sent+room]' });
	}
}

const database = new DraftDatabase();

/**
 * One draft as a log of Yjs updates (docs/decisions/0003). A promise that resolved means: on this device's disk, which
 * is what the state line needs to know before it says so.
 */
export class DraftStore {
	readonly #room: string;

	constructor(room: string) {
		this.#room = room;
	}

	/** Updates after the given number, oldest first. */
	async after(n: number): Promise<readonly StoredUpdate[]> {
		const rows = await database.updates.where('room').equals(this.#room).sortBy('n');
		return rows.flatMap(({ n: at = 0, update }) => (at > n ? [{ n: at, update }] : []));
	}

	/** `sent`: it came from the relay, which therefore has it. Answers the update's number. */
	add(update: Uint8Array, sent: boolean): Promise<number> {
		return database.updates.add({ room: this.#room, update, sent: sent ? 1 : 0 });
	}

	/** A relay has committed everything up to and including number `n`. */
	async markSent(n: number): Promise<void> {
		await database.updates
			.where('[sent+room]')
			.equals([0, this.#room])
			.filter((row) => (row.n ?? 0) <= n)
			.modify({ sent: 1 });
	}

	async lastUnsent(): Promise<number> {
		const rows = await database.updates.where('[sent+room]').equals([0, this.#room]).primaryKeys();
		return Math.max(0, ...rows);
	}

	/** Replaces many small updates by one that says the same, keeping what is unsent unsent. */
	async compact(merged: Uint8Array, upTo: number): Promise<void> {
		await database.transaction('rw', database.updates, async () => {
			const room = database.updates.where('room').equals(this.#room);
			const old = await room.filter((row) => (row.n ?? 0) <= upTo).toArray();
			if (old.some(({ sent }) => sent === 0)) return;
			await database.updates.bulkDelete(old.map(({ n = 0 }) => n));
			await database.updates.add({ room: this.#room, update: merged, sent: 1 });
		});
	}

	/** Calls back after every change of this draft, whichever tab made it. */
	watch(changed: () => void): () => void {
		const count = () => database.updates.where('room').equals(this.#room).count();
		const subscription = liveQuery(count).subscribe(changed);
		return () => subscription.unsubscribe();
	}

	static async unsentRooms(grid: GridId): Promise<readonly string[]> {
		const rows = await database.updates
			.where('[sent+room]')
			.between([0, grid], [0, `${grid}\uffff`])
			.uniqueKeys();
		return (rows as unknown as readonly (readonly [number, string])[]).map(([, room]) => room);
	}

	static watchUnsent(grid: GridId, changed: (rooms: readonly string[]) => void): () => void {
		const subscription = liveQuery(() => DraftStore.unsentRooms(grid)).subscribe(changed);
		return () => subscription.unsubscribe();
	}
}
