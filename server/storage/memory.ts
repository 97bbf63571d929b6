import { compareText, type GridId } from '#core/kernel/ids.ts';
import {
	pageOf,
	type Batch,
	type NewPublication,
	type PastUpdate,
	type RelayStore,
	type StoredBlob,
	type StoredPublication,
	type StoredRecord,
	type StoredUpdate,
} from './port.ts';

/** Forgets everything at the end of the process: for tests, and as the shortest reading of the contract. */
export class MemoryStore implements RelayStore {
	readonly #records = new Map<string, StoredRecord>();
	readonly #blobs = new Map<string, StoredBlob>();
	readonly #updates: StoredUpdate[] = [];
	/** The snapshot, and how many updates it stands for. */
	readonly #snapshots = new Map<string, { readonly update: Uint8Array; readonly count: number }>();
	readonly #publications: StoredPublication[] = [];
	readonly #codes = new Map<string, 'unused' | 'used'>();
	#seed: Uint8Array | undefined;

	async commit(batch: Batch): Promise<void> {
		for (const record of batch.records) keepFirst(this.#records, `${record.grid} ${record.id}`, record);
		for (const blob of batch.blobs) keepFirst(this.#blobs, `${blob.grid} ${blob.hash}`, blob);
		for (const { room, update } of batch.snapshots) {
			this.#snapshots.set(room, { update, count: this.#updates.length });
		}
		this.#updates.push(...batch.updates);
		for (const publication of batch.publications) this.#publish(publication);
		for (const code of batch.foundingCodesIssued) keepFirst(this.#codes, code, 'unused');
		for (const code of batch.foundingCodesUsed) this.#codes.set(code, 'used');
	}

	async readGrids(): Promise<readonly GridId[]> {
		return [...new Set([...this.#records.values()].map(({ grid }) => grid))];
	}

	async readRecords(grid: GridId): Promise<readonly StoredRecord[]> {
		return [...this.#records.values()].filter((record) => record.grid === grid);
	}

	async listBlobs(grid: GridId) {
		const own = [...this.#blobs.values()].filter((blob) => blob.grid === grid);
		return own.map(({ hash, bytes }) => ({ hash, size: bytes.length }));
	}

	async readBlob(grid: GridId, hash: string): Promise<Uint8Array | undefined> {
		return this.#blobs.get(`${grid} ${hash}`)?.bytes;
	}

	async readUpdates(room: string): Promise<readonly Uint8Array[]> {
		const snapshot = this.#snapshots.get(room);
		const updates = this.#updatesAfter(room, snapshot?.count ?? 0).map(({ update }) => update);
		return snapshot ? [snapshot.update, ...updates] : updates;
	}

	async readHistory(room: string, position: number, bytes: number): Promise<readonly PastUpdate[]> {
		return pageOf(this.#updatesAfter(room, position), bytes);
	}

	async listPublications(): Promise<readonly StoredPublication[]> {
		const latest = new Map(this.#publications.map((publication) => [publication.slug, publication]));
		return [...latest.values()].sort((a, b) => b.at - a.at || compareText(a.slug, b.slug));
	}

	async readPublication(slug: string): Promise<StoredPublication | undefined> {
		return this.#publications.findLast((publication) => publication.slug === slug);
	}

	async publishedRecords(grid: GridId) {
		return this.#publications.filter((publication) => publication.grid === grid).map(({ publish }) => publish);
	}

	async unusedFoundingCodes(): Promise<readonly string[]> {
		return [...this.#codes].filter(([, state]) => state === 'unused').map(([code]) => code);
	}

	async bytesOf(grid: GridId): Promise<number> {
		const records = [...this.#records.values()].filter((record) => record.grid === grid);
		const blobs = [...this.#blobs.values()].filter((blob) => blob.grid === grid);
		const updates = this.#updates.filter(({ room }) => room.startsWith(`${grid}.`));
		const pieces = [
			...records.map(({ wire }) => wire),
			...blobs.map(({ bytes }) => bytes),
			...updates.map(({ update }) => update),
		];
		return pieces.reduce((sum, { length }) => sum + length, 0);
	}

	async tidy(): Promise<void> {}

	async relaySeed(fresh: Uint8Array): Promise<Uint8Array> {
		return (this.#seed ??= fresh);
	}

	async close(): Promise<void> {}

	#updatesAfter(room: string, position: number): readonly PastUpdate[] {
		const numbered = this.#updates.map((stored, index) => ({ ...stored, position: index + 1 }));
		const own = numbered.filter((stored) => stored.room === room && stored.position > position);
		return own.map(({ room: _room, ...past }) => past);
	}

	#publish(publication: NewPublication): void {
		if (this.#publications.some(({ publish }) => publish === publication.publish)) return;
		const earlier = this.#publications.filter(({ slug }) => slug === publication.slug).length;
		this.#publications.push({ ...publication, version: earlier + 1 });
	}
}

function keepFirst<V>(map: Map<string, V>, key: string, value: V): void {
	if (!map.has(key)) map.set(key, value);
}
