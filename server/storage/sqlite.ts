import { DatabaseSync } from 'node:sqlite';
import { fromHex, type BlobHash, type DeviceKey, type GridId, type PollId, type RecordId } from '#core/kernel/ids.ts';
import {
	pageOf,
	type Batch,
	type NewPublication,
	type PastUpdate,
	type RelayStore,
	type StoredPublication,
	type StoredRecord,
} from './port.ts';
import { prepareSchema, refuseNewer } from './schema.ts';
import { bytesOf, hexOf, Statements, type Row } from './statements.ts';

const LATEST = `SELECT p.slug, p.version, p.grid, p.publish, p.json, p.at FROM publications p
	WHERE p.version = (SELECT max(version) FROM publications WHERE slug = p.slug)`;

const UPDATES_AFTER =
	'SELECT position, at, author, bytes FROM updates WHERE room = ? AND position > ? ORDER BY position';

const BYTES_OF_GRID = `SELECT
	(SELECT coalesce(sum(length(wire)), 0) FROM records WHERE grid = ?) +
	(SELECT coalesce(sum(length(bytes)), 0) FROM blobs WHERE grid = ?) +
	(SELECT coalesce(sum(length(bytes)), 0) FROM updates WHERE room > ? AND room < ?) AS bytes`;
/** Free pages of 4 KiB that are given back to the disk at a time: a few milliseconds of work. */
const PAGES_GIVEN_BACK = 256;

/**
 * One file. Synchronous underneath, so a commit blocks the turn it ends; that is what makes one fsync serve every room.
 * `path` may be ':memory:'.
 */
export class SqliteStore implements RelayStore {
	readonly #database: DatabaseSync;
	readonly #sql: Statements;

	constructor(path: string) {
		refuseNewer(path);
		this.#database = new DatabaseSync(path);
		// Freed pages can be given back a few at a time; it counts only before the first table.
		this.#database.exec('PRAGMA auto_vacuum = INCREMENTAL');
		// FULL: what was acknowledged must survive a power cut, not only a crash of the process.
		this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
		prepareSchema(this.#database);
		this.#sql = new Statements(this.#database);
	}

	async commit(batch: Batch): Promise<void> {
		this.#database.exec('BEGIN IMMEDIATE');
		try {
			this.#write(batch);
			this.#database.exec('COMMIT');
		} catch (error) {
			this.#database.exec('ROLLBACK');
			throw error;
		}
	}

	async readGrids(): Promise<readonly GridId[]> {
		return this.#sql.all('SELECT DISTINCT grid FROM records').map(({ grid }) => hexOf<GridId>(grid));
	}

	async readRecords(grid: GridId): Promise<readonly StoredRecord[]> {
		const rows = this.#sql.all('SELECT id, scope, wire FROM records WHERE grid = ?', fromHex(grid));
		return rows.map(({ id, scope, wire }) => ({
			...{ grid, id: hexOf<RecordId>(id), wire: bytesOf(wire) },
			scope: scope === null ? null : hexOf<PollId>(scope),
		}));
	}

	async listBlobs(grid: GridId) {
		const rows = this.#sql.all('SELECT hash, length(bytes) AS size FROM blobs WHERE grid = ?', fromHex(grid));
		return rows.map(({ hash, size }) => ({ hash: hexOf<BlobHash>(hash), size: Number(size) }));
	}

	async readBlob(grid: GridId, hash: BlobHash): Promise<Uint8Array | undefined> {
		const [row] = this.#sql.all('SELECT bytes FROM blobs WHERE grid = ? AND hash = ?', fromHex(grid), fromHex(hash));
		return row && bytesOf(row['bytes']);
	}

	async readUpdates(room: string): Promise<readonly Uint8Array[]> {
		const [snapshot] = this.#sql.all('SELECT position, bytes FROM snapshots WHERE room = ?', room);
		const rows = this.#sql.all(UPDATES_AFTER, room, Number(snapshot?.['position'] ?? 0));
		const updates = rows.map(({ bytes }) => bytesOf(bytes));
		return snapshot ? [bytesOf(snapshot['bytes']), ...updates] : updates;
	}

	async readHistory(room: string, position: number, bytes: number): Promise<readonly PastUpdate[]> {
		return pageOf(this.#pastUpdates(room, position), bytes);
	}

	async listPublications(): Promise<readonly StoredPublication[]> {
		return this.#sql.all(`${LATEST} ORDER BY p.at DESC, p.slug`).map(publicationOf);
	}

	async readPublication(slug: string): Promise<StoredPublication | undefined> {
		return this.#sql.all(`${LATEST} AND p.slug = ?`, slug).map(publicationOf)[0];
	}

	async publishedRecords(grid: GridId): Promise<readonly RecordId[]> {
		const rows = this.#sql.all('SELECT publish FROM publications WHERE grid = ?', fromHex(grid));
		return rows.map(({ publish }) => hexOf<RecordId>(publish));
	}

	async unusedFoundingCodes(): Promise<readonly string[]> {
		return this.#sql.all('SELECT code FROM founding_codes WHERE used = 0').map(({ code }) => String(code));
	}

	async bytesOf(grid: GridId): Promise<number> {
		const key = fromHex(grid);
		// A draft's room begins with its grid; '/' follows '.', so the range holds those rooms and no others.
		const [row] = this.#sql.all(BYTES_OF_GRID, key, key, `${grid}.`, `${grid}/`);
		return Number(row?.['bytes'] ?? 0);
	}

	async tidy(): Promise<void> {
		this.#database.exec(`PRAGMA wal_checkpoint(PASSIVE); PRAGMA incremental_vacuum(${PAGES_GIVEN_BACK});`);
	}

	async relaySeed(fresh: Uint8Array): Promise<Uint8Array> {
		this.#sql.run('INSERT OR IGNORE INTO relay_seed (only, seed) VALUES (1, ?)', fresh);
		return bytesOf(this.#sql.all('SELECT seed FROM relay_seed')[0]?.['seed']);
	}

	async close(): Promise<void> {
		this.#database.close();
	}

	#write(batch: Batch): void {
		for (const { grid, id, scope, wire } of batch.records) {
			const scopeBytes = scope === null ? null : fromHex(scope);
			this.#sql.run('INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?)', fromHex(grid), fromHex(id), scopeBytes, wire);
		}
		for (const { grid, hash, bytes } of batch.blobs) {
			this.#sql.run('INSERT OR IGNORE INTO blobs VALUES (?, ?, ?)', fromHex(grid), fromHex(hash), bytes);
		}
		// Before this batch's updates, which a snapshot does not stand for.
		for (const { room, update } of batch.snapshots) this.#snapshot(room, update);
		for (const { room, update, at, author } of batch.updates) {
			const sql = 'INSERT INTO updates (room, bytes, at, author) VALUES (?, ?, ?, ?)';
			this.#sql.run(sql, room, update, at, fromHex(author));
		}
		for (const publication of batch.publications) this.#publish(publication);
		for (const code of batch.foundingCodesIssued) {
			this.#sql.run('INSERT OR IGNORE INTO founding_codes (code) VALUES (?)', code);
		}
		for (const code of batch.foundingCodesUsed)
			this.#sql.run('UPDATE founding_codes SET used = 1 WHERE code = ?', code);
	}

	#snapshot(room: string, update: Uint8Array): void {
		this.#sql.run(
			`INSERT OR REPLACE INTO snapshots (room, position, bytes)
			SELECT ?, coalesce(max(position), 0), ? FROM updates WHERE room = ?`,
			...[room, update, room],
		);
	}

	#publish({ slug, grid, publish, json, at }: NewPublication): void {
		this.#sql.run(
			`INSERT OR IGNORE INTO publications (slug, version, grid, publish, json, at)
			SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ? FROM publications WHERE slug = ?`,
			...[slug, fromHex(grid), fromHex(publish), json, at, slug],
		);
	}

	/** Row by row: a page is a small part of a long history. */
	*#pastUpdates(room: string, after: number): Iterable<PastUpdate> {
		for (const { position, at, author, bytes } of this.#sql.iterate(UPDATES_AFTER, room, after)) {
			const device = author === null ? null : hexOf<DeviceKey>(author);
			yield { position: Number(position), at: Number(at), author: device, update: bytesOf(bytes) };
		}
	}
}

function publicationOf({ slug, version, grid, publish, json, at }: Row): StoredPublication {
	return {
		...{ slug: String(slug), version: Number(version), json: String(json), at: Number(at) },
		...{ grid: hexOf<GridId>(grid), publish: hexOf<RecordId>(publish) },
	};
}
