import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { fromHex, toHex, type BlobHash, type GridId, type PollId, type RecordId } from '#core/kernel/ids.ts';
import type { Batch, NewPublication, RelayStore, StoredPublication, StoredRecord } from './port.ts';
import { prepareSchema } from './schema.ts';

type Row = Record<string, SQLOutputValue>;

const LATEST = `SELECT p.slug, p.version, p.grid, p.publish, p.json, p.at FROM publications p
	WHERE p.version = (SELECT max(version) FROM publications WHERE slug = p.slug)`;

/**
 * One file. Synchronous underneath, so a commit blocks the turn it ends; that is what makes one fsync serve every room.
 * `path` may be ':memory:'.
 */
export class SqliteStore implements RelayStore {
	readonly #database: DatabaseSync;
	readonly #prepared = new Map<string, StatementSync>();

	constructor(path: string) {
		this.#database = new DatabaseSync(path);
		// FULL: what was acknowledged must survive a power cut, not only a crash of the process.
		this.#database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000;');
		try {
			prepareSchema(this.#database);
		} catch (error) {
			this.#database.close();
			throw error;
		}
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
		return this.#all('SELECT DISTINCT grid FROM records').map(({ grid }) => hexOf<GridId>(grid));
	}

	async readRecords(grid: GridId): Promise<readonly StoredRecord[]> {
		const rows = this.#all('SELECT id, scope, wire FROM records WHERE grid = ?', fromHex(grid));
		return rows.map(({ id, scope, wire }) => ({
			...{ grid, id: hexOf<RecordId>(id), wire: bytesOf(wire) },
			scope: scope === null ? null : hexOf<PollId>(scope),
		}));
	}

	async listBlobs(grid: GridId) {
		const rows = this.#all('SELECT hash, length(bytes) AS size FROM blobs WHERE grid = ?', fromHex(grid));
		return rows.map(({ hash, size }) => ({ hash: hexOf<BlobHash>(hash), size: Number(size) }));
	}

	async readBlob(grid: GridId, hash: BlobHash): Promise<Uint8Array | undefined> {
		const [row] = this.#all('SELECT bytes FROM blobs WHERE grid = ? AND hash = ?', fromHex(grid), fromHex(hash));
		return row && bytesOf(row['bytes']);
	}

	async readUpdates(room: string): Promise<readonly Uint8Array[]> {
		const [snapshot] = this.#all('SELECT position, bytes FROM snapshots WHERE room = ?', room);
		const updates = this.#updatesAfter(room, Number(snapshot?.['position'] ?? 0));
		return snapshot ? [bytesOf(snapshot['bytes']), ...updates] : updates;
	}

	async readHistory(room: string): Promise<readonly Uint8Array[]> {
		return this.#updatesAfter(room, 0);
	}

	async listPublications(): Promise<readonly StoredPublication[]> {
		return this.#all(`${LATEST} ORDER BY p.at DESC, p.slug`).map(publicationOf);
	}

	async readPublication(slug: string): Promise<StoredPublication | undefined> {
		return this.#all(`${LATEST} AND p.slug = ?`, slug).map(publicationOf)[0];
	}

	async publishedRecords(grid: GridId): Promise<readonly RecordId[]> {
		const rows = this.#all('SELECT publish FROM publications WHERE grid = ?', fromHex(grid));
		return rows.map(({ publish }) => hexOf<RecordId>(publish));
	}

	async unusedFoundingCodes(): Promise<readonly string[]> {
		return this.#all('SELECT code FROM founding_codes WHERE used = 0').map(({ code }) => String(code));
	}

	async relaySeed(fresh: Uint8Array): Promise<Uint8Array> {
		this.#run('INSERT OR IGNORE INTO relay_seed (only, seed) VALUES (1, ?)', fresh);
		return bytesOf(this.#all('SELECT seed FROM relay_seed')[0]?.['seed']);
	}

	async close(): Promise<void> {
		this.#database.close();
	}

	#write(batch: Batch): void {
		for (const { grid, id, scope, wire } of batch.records) {
			const scopeBytes = scope === null ? null : fromHex(scope);
			this.#run('INSERT OR IGNORE INTO records VALUES (?, ?, ?, ?)', fromHex(grid), fromHex(id), scopeBytes, wire);
		}
		for (const { grid, hash, bytes } of batch.blobs) {
			this.#run('INSERT OR IGNORE INTO blobs VALUES (?, ?, ?)', fromHex(grid), fromHex(hash), bytes);
		}
		// Before this batch's updates, which a snapshot does not stand for.
		for (const { room, update } of batch.snapshots) this.#snapshot(room, update);
		for (const { room, update } of batch.updates) {
			this.#run('INSERT INTO updates (room, bytes) VALUES (?, ?)', room, update);
		}
		for (const publication of batch.publications) this.#publish(publication);
		for (const code of batch.foundingCodesIssued) {
			this.#run('INSERT OR IGNORE INTO founding_codes (code) VALUES (?)', code);
		}
		for (const code of batch.foundingCodesUsed) this.#run('UPDATE founding_codes SET used = 1 WHERE code = ?', code);
	}

	#snapshot(room: string, update: Uint8Array): void {
		this.#run(
			`INSERT OR REPLACE INTO snapshots (room, position, bytes)
			SELECT ?, coalesce(max(position), 0), ? FROM updates WHERE room = ?`,
			...[room, update, room],
		);
	}

	#publish({ slug, grid, publish, json, at }: NewPublication): void {
		this.#run(
			`INSERT OR IGNORE INTO publications (slug, version, grid, publish, json, at)
			SELECT ?, coalesce(max(version), 0) + 1, ?, ?, ?, ? FROM publications WHERE slug = ?`,
			...[slug, fromHex(grid), fromHex(publish), json, at, slug],
		);
	}

	#updatesAfter(room: string, position: number): Uint8Array[] {
		const sql = 'SELECT bytes FROM updates WHERE room = ? AND position > ? ORDER BY position';
		return this.#all(sql, room, position).map(({ bytes }) => bytesOf(bytes));
	}

	#run(sql: string, ...values: (string | number | Uint8Array | null)[]): void {
		this.#statement(sql).run(...values);
	}

	#all(sql: string, ...values: (string | number | Uint8Array)[]): Row[] {
		return this.#statement(sql).all(...values);
	}

	#statement(sql: string): StatementSync {
		const held = this.#prepared.get(sql);
		if (held) return held;
		const statement = this.#database.prepare(sql);
		this.#prepared.set(sql, statement);
		return statement;
	}
}

const hexOf = <T extends string>(value: SQLOutputValue | undefined): T => toHex(bytesOf(value)) as T;

function bytesOf(value: SQLOutputValue | undefined): Uint8Array {
	if (value instanceof Uint8Array) return value;
	throw new Error('A column that holds bytes held something else');
}

function publicationOf({ slug, version, grid, publish, json, at }: Row): StoredPublication {
	return {
		...{ slug: String(slug), version: Number(version), json: String(json), at: Number(at) },
		...{ grid: hexOf<GridId>(grid), publish: hexOf<RecordId>(publish) },
	};
}
