import 'fake-indexeddb/auto';
import Dexie from 'dexie';
import { expect, test } from 'vitest';
import type { DeviceKey, GridId, RecordId } from '#core/kernel/ids.ts';
import { CornerDatabase, type CornerRow } from '#lib/adapters/dexie/database.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { forgetCorner } from '#lib/adapters/dexie/forgetting.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';

const GRID = 'a'.repeat(64) as GridId;
const OTHER = 'b'.repeat(64) as GridId;
let databases = 0;
const freshName = () => `device-${++databases}`;
const record = (digit: string) => ({ id: digit.repeat(64) as RecordId, wire: new TextEncoder().encode(digit) });
const { privateKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
const corner = (grid: GridId): CornerRow => ({
	grid,
	name: '议事角',
	key: grid as string as DeviceKey,
	privateKey,
	since: 1,
});

/** What a newer version of the app would leave behind. */
function newerDatabase(name: string): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const request = indexedDB.open(name, 990);
		request.onupgradeneeded = () => {
			if (!request.result.objectStoreNames.contains('letters')) request.result.createObjectStore('letters');
		};
		request.onsuccess = () => resolve(request.result);
		request.onerror = () => reject(request.error ?? new Error('It did not open'));
	});
}

test('[DEV-3] a database that is deleted under the app stops, and no new one takes its place', async () => {
	const database = new CornerDatabase(freshName());
	await database.corners.put(corner(GRID));
	await Dexie.delete(database.name);
	expect(await database.stopped).toBe('closed');
	await expect(database.corners.toArray()).rejects.toThrow();
	expect(await Dexie.exists(database.name)).toBe(false);
});

test('[DEV-3] a tab with a newer version takes the database over, and this one stops', async () => {
	const database = new CornerDatabase(freshName());
	await database.corners.put(corner(GRID));
	const newer = await newerDatabase(database.name);
	expect(await database.stopped).toBe('newer-tab');
	await expect(database.corners.put(corner(OTHER))).rejects.toThrow();
	newer.close();
});

test('[DEV-4] data of a newer version are recognized and left as they are', async () => {
	const name = freshName();
	(await newerDatabase(name)).close();
	expect(await new CornerDatabase(name).isFromNewerApp()).toBe(true);
	const again = await newerDatabase(name);
	expect([again.version, [...again.objectStoreNames]]).toEqual([990, ['letters']]);
	again.close();
});

test('[DEV-4] own data are not newer, and asking creates nothing', async () => {
	const database = new CornerDatabase(freshName());
	expect(await database.isFromNewerApp()).toBe(false);
	expect(await Dexie.exists(database.name)).toBe(false);
	await database.corners.put(corner(GRID));
	expect(await database.isFromNewerApp()).toBe(false);
});

test('[DEV-7] a corner whose first records cannot be stored is not there at all', async () => {
	const database = new CornerDatabase(freshName());
	const full = () => Promise.reject(new DOMException('No room', 'QuotaExceededError'));
	await expect(database.keep(corner(GRID), full)).rejects.toThrow();
	expect(await database.corners.toArray()).toEqual([]);
	const store = new LedgerStore(database, GRID);
	await database.keep(corner(GRID), () => store.addOwn([record('1')], [Uint8Array.of(1)]));
	expect([await database.corners.count(), (await store.outbox()).length]).toEqual([1, 2]);
});

test('[DEV-9] leaving takes one corner off the device with its key, records and drafts, and no other', async () => {
	const database = new CornerDatabase(freshName());
	const [mine, other] = [GRID, OTHER].map((grid) => new LedgerStore(database, grid)) as [LedgerStore, LedgerStore];
	for (const [grid, store] of [[GRID, mine] as const, [OTHER, other] as const]) {
		await database.keep(corner(grid), () => store.addOwn([record('1')], [Uint8Array.of(1)]));
		await new DraftStore(`${grid}.topic~${'1'.repeat(64)}`).add(Uint8Array.of(1), false);
		const { key } = corner(grid);
		await database.founderKeys.add({ nonce: grid, key, privateKey, card: { name: '郑秀兰', building: '6号楼' } });
	}
	await forgetCorner(database, GRID);
	await DraftStore.forget(GRID);
	expect((await database.corners.toArray()).map(({ grid }) => grid)).toEqual([OTHER]);
	expect([await mine.recordsAfter(0), await mine.outbox(), await DraftStore.rooms(GRID)]).toEqual([[], [], []]);
	expect(await database.blobs.count()).toBe(1);
	expect((await database.founderKeys.toArray()).map(({ nonce }) => nonce)).toEqual([OTHER]);
	expect([(await other.recordsAfter(0)).length, (await other.outbox()).length]).toEqual([1, 2]);
	expect(await DraftStore.rooms(OTHER)).toHaveLength(1);
});

test('[DEV-1] a trial write leaves nothing behind, and a failed one is told', async () => {
	const database = new CornerDatabase(freshName());
	const store = new LedgerStore(database, GRID);
	await store.tryWriting();
	expect(await database.blobs.count()).toBe(0);
	const failures: unknown[] = [];
	store.onFailure = (failure) => failures.push(failure);
	database.close();
	await expect(store.addReceived([record('1')])).rejects.toThrow();
	expect(failures).toHaveLength(1);
});
