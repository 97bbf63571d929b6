import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { GridId, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { CornerDatabase } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';

const GRID = 'a'.repeat(64) as GridId;
let databases = 0;
const freshStore = () => new LedgerStore(new CornerDatabase(`test-${++databases}`), GRID);
const record = (digit: string) => ({ id: digit.repeat(64) as RecordId, wire: new TextEncoder().encode(digit) });

test('[LOCAL-1] own records, their blobs and their unsent marks are kept together', async () => {
	const store = freshStore();
	const blob = Uint8Array.of(0x61, 0x61);
	await store.addOwn([record('1'), record('2')], [blob]);
	expect((await store.recordsAfter(0)).map(({ id }) => id[0])).toEqual(['1', '2']);
	expect((await store.blobs([blobHash(blob)])).get(blobHash(blob))).toEqual(blob);
	expect((await store.outbox()).map(({ kind }) => kind).sort()).toEqual(['blob', 'record', 'record']);
});

test('[LOCAL-2] an acknowledged record stays and is no longer unsent', async () => {
	const store = freshStore();
	await store.addOwn([record('1')], []);
	await store.acknowledge([record('1').id]);
	expect(await store.outbox()).toEqual([]);
	expect(await store.recordsAfter(0)).toHaveLength(1);
});

test('[LOCAL-3] a refused record stays in the list with its reason', async () => {
	const store = freshStore();
	await store.addOwn([record('1')], []);
	await store.markRefused(record('1').id, 'not-permitted');
	expect((await store.outbox()).map(({ refusal }) => refusal)).toEqual(['not-permitted']);
});

test('[LOCAL-4] the same record twice is one row, whoever brought it', async () => {
	const store = freshStore();
	await store.addOwn([record('1')], []);
	await store.addReceived([record('1'), record('2')]);
	await store.addReceived([record('2')]);
	expect(await store.recordsAfter(0)).toHaveLength(2);
});

test('[LOCAL-5] two grids on one device do not see each other', async () => {
	const database = new CornerDatabase(`test-${++databases}`);
	const other = new LedgerStore(database, 'b'.repeat(64) as GridId);
	await other.addOwn([record('1')], [Uint8Array.of(1)]);
	const store = new LedgerStore(database, GRID);
	expect(await store.recordsAfter(0)).toEqual([]);
	expect((await store.blobs([blobHash(Uint8Array.of(1))])).size).toBe(0);
});
