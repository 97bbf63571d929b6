import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import type { GridId, RecordId } from '#core/kernel/ids.ts';
import { EMPTY_BATCH } from '../../server/storage/port.ts';
import { SqliteStore } from '../../server/storage/sqlite.ts';
import { testRelayStoreContract } from './relay-store.contract.ts';

testRelayStoreContract('SQLite', async () => new SqliteStore(':memory:'));

test('[STORE-8] SQLite keeps nothing of a batch that fails in the middle', async () => {
	const store = new SqliteStore(':memory:');
	const grid = 'e'.repeat(64) as GridId;
	const sound = { grid, scope: null, id: '1'.repeat(64) as RecordId, wire: Uint8Array.of(1) };
	const broken = { room: 'a', update: null as unknown as Uint8Array };
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

function temporaryFile(): string {
	const folder = mkdtempSync(join(tmpdir(), 'council-corner-'));
	onTestFinished(() => rmSync(folder, { recursive: true }));
	return join(folder, 'corner.db');
}
