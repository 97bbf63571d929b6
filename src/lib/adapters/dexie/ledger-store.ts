import { liveQuery, type BulkError, type Subscription, type Table } from 'dexie';
import type { BlobHash, DeviceKey, GridId, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import type { CornerDatabase, OutboxRow, RecordRow, SetAsideRow } from './database.ts';

const TRIAL_BYTES = 256 * 1024;

export interface NewRecord {
	readonly id: RecordId;
	readonly wire: Uint8Array;
}

interface GatheredBlob {
	readonly bytes: Uint8Array;
	readonly offered: boolean;
}

/** One grid's records, blobs and outbox in IndexedDB. A promise that resolved means: committed on this device. */
export class LedgerStore {
	#gathered: GatheredBlob[] = [];
	#blobsPut: Promise<void> = Promise.resolve();
	readonly #database: CornerDatabase;
	readonly grid: GridId;
	/** Told whenever the disk did not take something, whoever wrote it; the writer gets the failure too. */
	onFailure: (failure: unknown) => void = () => undefined;

	constructor(database: CornerDatabase, grid: GridId) {
		this.#database = database;
		this.grid = grid;
	}

	/** Records after the given arrival number, oldest first. Reads only those. */
	async recordsAfter(n: number): Promise<readonly RecordRow[]> {
		// All at once: a filter that the database applies reads row by row.
		const newer = await this.#database.records.where('n').above(n).toArray();
		return newer.filter(({ grid }) => grid === this.grid);
	}

	/** Those of the blobs that are held here. */
	async blobs(hashes: readonly BlobHash[]): Promise<ReadonlyMap<BlobHash, Uint8Array>> {
		const rows = await this.#database.blobs.bulkGet(hashes.map((hash): [GridId, BlobHash] => [this.grid, hash]));
		return new Map(rows.flatMap((row) => (row ? [[row.hash, row.bytes] as const] : [])));
	}

	/** Own records: kept and marked unsent in one transaction. */
	async addOwn(records: readonly NewRecord[], blobs: readonly Uint8Array[]): Promise<void> {
		const { records: recordTable, blobs: blobTable, outbox, setAside } = this.#database;
		const unsent = [
			...records.map(({ id }) => this.#unsent(id, 'record')),
			...blobs.map((bytes) => this.#unsent(blobHash(bytes), 'blob')),
		];
		await this.#write([recordTable, blobTable, outbox, setAside], async () => {
			await this.#putRecords(records);
			await this.#putBlobs(blobs);
			await setAside.bulkDelete(blobs.map((bytes) => [this.grid, blobHash(bytes)]));
			await outbox.bulkPut(unsent);
		});
	}

	/** Records that somebody else sent and that were admitted here. `offered`: no relay is known to have them. */
	async addReceived(records: readonly NewRecord[], offered = false): Promise<void> {
		const { records: table, outbox } = this.#database;
		// Without the outbox it waits for no blobs, and nobody waits for it to read what is unsent.
		await this.#write(offered ? [table, outbox] : [table], async () => {
			await this.#putRecords(records);
			if (offered) await outbox.bulkPut(records.map(({ id }) => this.#unsent(id, 'record')));
		});
	}

	/** Resolved means stored. Blobs that come while others are being written go together in the next transaction. */
	async addBlob(bytes: Uint8Array, offered = false): Promise<void> {
		this.#gathered.push({ bytes, offered });
		await this.#blobsPut.catch(() => {}); // Whoever waited for those hears of it.
		const together = this.#gathered.splice(0);
		if (together.length > 0) this.#blobsPut = this.#addBlobs(together);
		return this.#blobsPut;
	}

	async #addBlobs(gathered: readonly GatheredBlob[]): Promise<void> {
		const { blobs, outbox } = this.#database;
		const unsent = gathered.filter(({ offered }) => offered).map(({ bytes }) => this.#unsent(blobHash(bytes), 'blob'));
		await this.#write([blobs, outbox], async () => {
			await this.#putBlobs(gathered.map(({ bytes }) => bytes));
			await outbox.bulkPut(unsent);
		});
	}

	/** DEV-11: gives these up, but for what is unsent by now, and remembers that they are not missed. */
	async setAside(hashes: readonly BlobHash[]): Promise<void> {
		const { blobs, outbox, setAside } = this.#database;
		await this.#database.transaction('rw', blobs, outbox, setAside, async () => {
			const unsent = new Set((await this.outbox()).map(({ id }) => id));
			const given = hashes.filter((hash) => !unsent.has(hash));
			await blobs.bulkDelete(given.map((hash) => [this.grid, hash]));
			await setAside.bulkPut(given.map((hash) => ({ hash, grid: this.grid, wanted: false })));
		});
	}

	/** DEV-12: this one is missed again, from now on. */
	async wantAgain(hash: BlobHash): Promise<void> {
		await this.#database.setAside.update([this.grid, hash], { wanted: true });
	}

	/** What was ever set aside here. */
	setAsideRows(): Promise<readonly SetAsideRow[]> {
		return this.#database.setAside.where('grid').equals(this.grid).toArray();
	}

	/** DEV-1: puts down as much as a long text takes, and takes it away again. Fails while the disk is full. */
	async tryWriting(): Promise<void> {
		const { blobs } = this.#database;
		const row = { hash: 'trial' as BlobHash, grid: this.grid, bytes: new Uint8Array(TRIAL_BYTES) };
		await this.#database.transaction('rw', blobs, async () => {
			await blobs.put(row);
			await blobs.delete([row.grid, row.hash]);
		});
	}

	outbox(): Promise<readonly OutboxRow[]> {
		return this.#database.outbox.where('grid').equals(this.grid).toArray();
	}

	/** A relay has committed it. */
	async acknowledge(ids: readonly string[]): Promise<void> {
		const { outbox } = this.#database;
		await this.#write([outbox], () => outbox.bulkDelete(ids.map((id) => [this.grid, id])));
	}

	/** A relay would not take it: it stays, with the reason, until the person has seen it. */
	async markRefused(id: string, refusal: string): Promise<void> {
		await this.#database.outbox.update([this.grid, id], { refusal });
	}

	/** The relay has taken the grid, and the code is used up. */
	async forgetFoundingCode(): Promise<void> {
		await this.#database.corners.update(this.grid, (corner) => {
			delete (corner as { founding?: string }).founding;
		});
	}

	/** The key that the relay at this device's address showed last. */
	async rememberRelay(relay: DeviceKey): Promise<void> {
		await this.#database.corners.update(this.grid, { relay });
	}

	/** Whether this device carries what it has no part in. */
	async rememberCarrying(carries: boolean): Promise<void> {
		await this.#database.corners.update(this.grid, { carries });
	}

	/** The courtyard relay whose code was read last. */
	async rememberCourtyard(courtyard: RelayCard): Promise<void> {
		await this.#database.corners.update(this.grid, { courtyard });
	}

	/** Calls back after every change to the outbox, whichever tab made it. */
	watchOutbox(changed: (rows: readonly OutboxRow[]) => void): Subscription {
		return liveQuery(() => this.outbox()).subscribe(changed);
	}

	/** Calls back when records or blobs of this grid were added or set aside, whichever tab did it. */
	watchLedger(changed: () => void): Subscription {
		const counts = () =>
			Promise.all([
				this.#database.records.where('grid').equals(this.grid).count(),
				this.#database.blobs.where('grid').equals(this.grid).count(),
				this.setAsideRows(),
			]);
		return liveQuery(counts).subscribe(changed);
	}

	/** One transaction, all or none. */
	async #write(tables: readonly Table[], work: () => Promise<void>): Promise<void> {
		try {
			await this.#database.transaction('rw', [...tables], work);
		} catch (failure) {
			this.onFailure(failure);
			throw failure;
		}
	}

	/** Of those that are held the unique index refuses each by itself: to look first takes longer than to store. */
	async #putRecords(records: readonly NewRecord[]): Promise<void> {
		const rows = records.map(({ id, wire }) => ({ id, wire, grid: this.grid }));
		await this.#database.records.bulkAdd(rows).catch((failure: Partial<BulkError>) => {
			if (!failure.failures?.every(({ name }) => name === 'ConstraintError')) throw failure;
		});
	}

	async #putBlobs(blobs: readonly Uint8Array[]): Promise<void> {
		await this.#database.blobs.bulkPut(blobs.map((bytes) => ({ hash: blobHash(bytes), grid: this.grid, bytes })));
	}

	#unsent(id: string, kind: OutboxRow['kind']): OutboxRow {
		return { id, grid: this.grid, kind };
	}
}
