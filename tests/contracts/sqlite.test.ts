import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { DeviceKey, GridId, RecordId } from '#core/kernel/ids.ts';
import { EMPTY_BATCH } from '../../server/storage/port.ts';
import { SqliteStore } from '../../server/storage/sqlite.ts';
import { testRelayStoreContract } from './relay-store.contract.ts';

testRelayStoreContract('SQLite', async () => new SqliteStore(':memory:'));

test('[STORE-8] SQLite keeps nothing of a batch that fails in the middle', async () => {
	const store = new SqliteStore(':memory:');
	const grid = 'e'.repeat(64) as GridId;
	const sound = { grid, scope: null, id: '1'.repeat(64) as RecordId, wire: Uint8Array.of(1) };
	const broken = { room: 'a', update: null as unknown as Uint8Array, at: 0, author: '2'.repeat(64) as DeviceKey };
	await expect(store.commit({ ...EMPTY_BATCH, records: [sound], updates: [broken] })).rejects.toThrow();
	expect(await store.readGrids()).toEqual([]);
	await store.commit({ ...EMPTY_BATCH, records: [sound] });
	expect(await store.readGrids()).toEqual([grid]);
	await store.close();
});

test('[STORE-9] SQLite opens its file again, and says so when a newer version wrote it', async () => {
	const path = temporaryFile();
	const store = new SqliteStore(path);
	await store.commit({ ...EMPTY_BATCH, foundingCodesIssued: ['kept'] });
	await store.close();
	const again = new SqliteStore(path);
	expect(await again.unusedFoundingCodes()).toEqual(['kept']);
	await again.close();

	const database = new DatabaseSync(path);
	database.exec('PRAGMA user_version = 99');
	database.close();
	expect(() => new SqliteStore(path)).toThrow(/newer council-corner \(schema 99/);
});

test('[STORE-11] SQLite takes over a file of its first version, with its drafts', async () => {
	const path = temporaryFile();
	const database = new DatabaseSync(path);
	database.exec(`CREATE TABLE updates (position INTEGER PRIMARY KEY, room TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
		CREATE TABLE snapshots (room TEXT PRIMARY KEY, position INTEGER NOT NULL, bytes BLOB NOT NULL) STRICT;
		INSERT INTO updates (room, bytes) VALUES ('a', x'07'); PRAGMA user_version = 1;`);
	database.close();
	const store = new SqliteStore(path);
	expect(await store.readUpdates('a')).toEqual([Uint8Array.of(7)]);
	expect(await store.readHistory('a', 0, 100)).toEqual([
		{ position: 1, at: 0, author: null, update: Uint8Array.of(7) },
	]);
	await store.close();
});

test('[DISK-2] SQLite gives back to the disk what it no longer needs, a little at a time', async () => {
	const path = temporaryFile();
	const store = new SqliteStore(path);
	const snapshot = (size: number) => ({ room: 'a', update: new Uint8Array(size) });
	await store.commit({ ...EMPTY_BATCH, snapshots: [snapshot(3 * 1024 * 1024)] });
	await store.tidy();
	const large = statSync(path).size;
	await store.commit({ ...EMPTY_BATCH, snapshots: [snapshot(10)] });
	const sizes: number[] = [];
	for (let time = 0; time < 8; time++) {
		await store.tidy();
		sizes.push(statSync(path).size);
	}
	await store.close();
	expect(large).toBeGreaterThan(3 * 1024 * 1024);
	expect(sizes.at(-1)).toBeLessThan(1024 * 1024);
	expect(Math.max(...sizes.map((size, index) => (sizes[index - 1] ?? large) - size))).toBeLessThan(2 * 1024 * 1024);
});

function temporaryFile(): string {
	const folder = mkdtempSync(join(tmpdir(), 'council-corner-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return join(folder, 'corner.db');
}
