import { liveQuery, type Table } from 'dexie';
import { sittingsOf } from '#core/drafts/sittings.ts';
import type { GridId } from '#core/kernel/ids.ts';
import { DeviceDatabase, type StopReason } from './device-database.ts';

interface DraftUpdateRow {
	readonly n?: number;
	readonly room: string;
	readonly update: Uint8Array;
	/** 0 until a relay has committed it, then 1. Numbers, because IndexedDB has no index over booleans. */
	readonly sent: 0 | 1;
	/** When it was written or came, by this device's clock in ms since 1970; rows of earlier versions of the app have none. */
	readonly at?: number;
}
export interface StoredUpdate {
	readonly n: number;
	readonly at: number;
	readonly update: Uint8Array;
}

const NEWEST_VERSION = 1;

class DraftDatabase extends DeviceDatabase {
	declare readonly updates: Table<DraftUpdateRow, number>;

	constructor() {
		super('council-corner-drafts', NEWEST_VERSION);
		this.version(NEWEST_VERSION).stores({ updates: '++n, room, [sent+room]' });
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
		return rows.map(numbered).filter((row) => row.n > n);
	}

	/** `sent`: it came from the relay, which therefore has it. `at`: ms since 1970, 0 where nobody knows. Answers the number. */
	add(update: Uint8Array, sent: boolean, at = 0): Promise<number> {
		return database.updates.add({ room: this.#room, update, sent: sent ? 1 : 0, at });
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

	/** DRAFT-3: makes one update of all that was written at one sitting, and leaves what is unsent as it is. */
	async compact(upTo: number, merge: (updates: Uint8Array[]) => Uint8Array): Promise<void> {
		await database.transaction('rw', database.updates, async () => {
			const rows = await database.updates.where('room').equals(this.#room).sortBy('n');
			const old = rows.map(numbered).filter(({ n }) => n <= upTo);
			for (const { edits } of sittingsOf(old)) await this.#mergeRows(edits, merge);
		});
	}

	/** Into the last of them, so that a tab that has read only some of them reads it still. */
	async #mergeRows(rows: readonly NumberedRow[], merge: (updates: Uint8Array[]) => Uint8Array): Promise<void> {
		const last = rows.at(-1);
		if (!last || rows.length === 1 || rows.some(({ sent }) => sent === 0)) return;
		await database.updates.put({ ...last, update: merge(rows.map(({ update }) => update)) });
		await database.updates.bulkDelete(rows.slice(0, -1).map(({ n }) => n));
	}

	/** Calls back after every change of this draft, whichever tab made it. */
	watch(changed: () => void): () => void {
		const count = () => database.updates.where('room').equals(this.#room).count();
		const subscription = liveQuery(count).subscribe(changed);
		return () => subscription.unsubscribe();
	}

	/** DEV-3: resolved when the drafts go away while they are in use. */
	static get stopped(): Promise<StopReason> {
		return database.stopped;
	}

	/** DEV-4. */
	static isFromNewerApp(): Promise<boolean> {
		return database.isFromNewerApp();
	}

	/** Every draft of a grid that is kept here, by room. */
	static async rooms(grid: GridId): Promise<readonly string[]> {
		return (await ofGrid(grid).uniqueKeys()) as unknown as readonly string[];
	}

	/** DEV-9: nothing of this grid's drafts stays on this device. */
	static async forget(grid: GridId): Promise<void> {
		await ofGrid(grid).delete();
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

/** A room is called by its grid, a dot, and what it is about. */
const ofGrid = (grid: GridId) => database.updates.where('room').startsWith(`${grid}.`);

type NumberedRow = DraftUpdateRow & StoredUpdate;

const numbered = (row: DraftUpdateRow): NumberedRow => ({ ...row, n: row.n ?? 0, at: row.at ?? 0 });
