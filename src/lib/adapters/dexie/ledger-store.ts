import { liveQuery, type Subscription } from 'dexie';
import type { BlobHash, GridId, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import type { CornerDatabase, OutboxRow, RecordRow } from './database.ts';

export interface NewRecord {
	readonly id: RecordId;
	readonly wire: Uint8Array;
}

/** One grid's records, blobs and outbox in IndexedDB. A promise that resolved means: committed on this device. */
export class LedgerStore {
	readonly #database: CornerDatabase;
	readonly grid: GridId;

	constructor(database: CornerDatabase, grid: GridId) {
		this.#database = database;
		this.grid = grid;
	}

	/** Records after the given arrival number, oldest first. Reads only those. */
	recordsAfter(n: number): Promise<readonly RecordRow[]> {
		const newer = this.#database.records.where('n').above(n);
		return newer.filter(({ grid }) => grid === this.grid).toArray();
	}

	/** Those of the blobs that are held here. */
	async blobs(hashes: readonly BlobHash[]): Promise<ReadonlyMap<BlobHash, Uint8Array>> {
		const rows = await this.#database.blobs.bulkGet(hashes.map((hash): [GridId, BlobHash] => [this.grid, hash]));
		return new Map(rows.flatMap((row) => (row ? [[row.hash, row.bytes] as const] : [])));
	}

	/** Own records: kept and marked unsent in one transaction. */
	async addOwn(records: readonly NewRecord[], blobs: readonly Uint8Array[]): Promise<void> {
		const database = this.#database;
		await database.transaction('rw', database.records, database.blobs, database.outbox, async () => {
			await this.#putRecords(records);
			await this.#putBlobs(blobs);
			await database.outbox.bulkPut([...records.map(({ id }) => this.#unsent(id, 'record'))]);
			await database.outbox.bulkPut(blobs.map((bytes) => this.#unsent(blobHash(bytes), 'blob')));
		});
	}

	/** Records that somebody else sent and that were admitted here. */
	async addReceived(records: readonly NewRecord[]): Promise<void> {
		await this.#database.transaction('rw', this.#database.records, () => this.#putRecords(records));
	}

	async addBlob(bytes: Uint8Array): Promise<void> {
		await this.#putBlobs([bytes]);
	}

	outbox(): Promise<readonly OutboxRow[]> {
		return this.#database.outbox.where('grid').equals(this.grid).toArray();
	}

	/** A relay has committed it. */
	async acknowledge(ids: readonly string[]): Promise<void> {
		await this.#database.outbox.bulkDelete(ids.map((id) => [this.grid, id]));
	}

	/** A relay would not take it: it stays, with the reason, until the person has seen it. */
	async markRefused(id: string, refusal: string): Promise<void> {
		await this.#database.outbox.update([this.grid, id], { refusal });
	}

	/** The relay has taken the grid, and the code is used up. */
	async forgetFoundingCode(): Promise<void> {
		await this.#database.corners
			.where('grid')
			.equals(this.grid)
			.modify((corner) => {
				delete (corner as { founding?: string }).founding;
			});
	}

	/** Calls back after every change to the outbox, whichever tab made it. */
	watchOutbox(changed: (rows: readonly OutboxRow[]) => void): Subscription {
		return liveQuery(() => this.outbox()).subscribe(changed);
	}

	/** Calls back when records or blobs of this grid were added, whichever tab did it. */
	watchLedger(changed: () => void): Subscription {
		const counts = () =>
			Promise.all([
				this.#database.records.where('grid').equals(this.grid).count(),
				this.#database.blobs.where('grid').equals(this.grid).count(),
			]);
		return liveQuery(counts).subscribe(changed);
	}

	async #putRecords(records: readonly NewRecord[]): Promise<void> {
		const keys = records.map(({ id }) => [this.grid, id]);
		const held = await this.#database.records.where('[grid+id]').anyOf(keys).toArray();
		const known = new Set(held.map(({ id }) => id));
		const fresh = records.filter(({ id }) => !known.has(id));
		await this.#database.records.bulkAdd(fresh.map(({ id, wire }) => ({ id, wire, grid: this.grid })));
	}

	async #putBlobs(blobs: readonly Uint8Array[]): Promise<void> {
		await this.#database.blobs.bulkPut(blobs.map((bytes) => ({ hash: blobHash(bytes), grid: this.grid, bytes })));
	}

	#unsent(id: string, kind: OutboxRow['kind']): OutboxRow {
		return { id, grid: this.grid, kind };
	}
}
