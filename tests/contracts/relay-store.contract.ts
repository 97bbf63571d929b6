import { afterEach, expect, test } from 'vitest';
import type { BlobHash, DeviceKey, GridId, RecordId } from '#core/kernel/ids.ts';
import { EMPTY_BATCH, type NewPublication, type RelayStore, type StoredUpdate } from '../../server/storage/port.ts';

const hex = (digit: string) => digit.repeat(64);
const east = hex('e') as GridId;
const west = hex('b') as GridId;
const record = (grid: GridId, digit: string, wire: readonly number[]) => ({
	...{ grid, scope: null, id: hex(digit) as RecordId, wire: Uint8Array.from(wire) },
});
const stored = (room: string, byte: number): StoredUpdate => ({
	...{ room, update: Uint8Array.of(byte), at: 100 + byte, author: hex('d') as DeviceKey },
});
const publication = (publish: string, json: string, at: number): NewPublication => ({
	...{ slug: 'abcdefghij', grid: east, publish: hex(publish) as RecordId, json, at },
});

/** What every RelayStore must do. `open` gives an empty one. */
export function testRelayStoreContract(name: string, open: () => Promise<RelayStore>): void {
	const opened: RelayStore[] = [];
	const openStore = async () => {
		const store = await open();
		opened.push(store);
		return store;
	};
	afterEach(async () => {
		for (const store of opened.splice(0)) await store.close();
	});

	test(`[STORE-1] ${name} gives back the records of a grid, and not those of another`, async () => {
		const store = await openStore();
		const ballot = { ...record(east, '2', [2, 2]), scope: hex('5') as RecordId };
		await store.commit({ ...EMPTY_BATCH, records: [record(east, '1', [1]), ballot, record(west, '1', [9])] });
		const records = await store.readRecords(east);
		expect([...records].sort((a, b) => (a.id < b.id ? -1 : 1))).toEqual([record(east, '1', [1]), ballot]);
		expect([...(await store.readGrids())].sort()).toEqual([west, east]);
	});

	test(`[STORE-2] ${name} keeps the first of two equal ids`, async () => {
		const store = await openStore();
		await store.commit({ ...EMPTY_BATCH, records: [record(east, '1', [1])] });
		await store.commit({ ...EMPTY_BATCH, records: [record(east, '1', [7])] });
		expect(await store.readRecords(east)).toEqual([record(east, '1', [1])]);
	});

	test(`[STORE-3] ${name} gives a blob to its own grid only`, async () => {
		const store = await openStore();
		const hash = hex('c') as BlobHash;
		await store.commit({ ...EMPTY_BATCH, blobs: [{ grid: east, hash, bytes: Uint8Array.of(1, 2, 3) }] });
		expect(await store.readBlob(east, hash)).toEqual(Uint8Array.of(1, 2, 3));
		expect(await store.readBlob(west, hash)).toBeUndefined();
		expect(await store.listBlobs(east)).toEqual([{ hash, size: 3 }]);
	});

	test(`[STORE-4] ${name} gives a draft's updates in the order of commit, repeated ones too`, async () => {
		const store = await openStore();
		const update = (byte: number) => stored('a', byte);
		await store.commit({ ...EMPTY_BATCH, updates: [update(3), update(1)] });
		await store.commit({ ...EMPTY_BATCH, updates: [update(3), stored('b', 8)] });
		expect(await store.readUpdates('a')).toEqual([Uint8Array.of(3), Uint8Array.of(1), Uint8Array.of(3)]);
		expect(await store.readUpdates('c')).toEqual([]);
	});

	test(`[STORE-10] ${name} begins a draft with its snapshot, and keeps its history`, async () => {
		const store = await openStore();
		const update = (byte: number) => stored('a', byte);
		await store.commit({ ...EMPTY_BATCH, updates: [update(1), update(2)] });
		await store.commit({ ...EMPTY_BATCH, snapshots: [update(12)], updates: [update(3)] });
		await store.commit({ ...EMPTY_BATCH, updates: [update(4)] });
		expect(await store.readUpdates('a')).toEqual([Uint8Array.of(12), Uint8Array.of(3), Uint8Array.of(4)]);
		await store.commit({ ...EMPTY_BATCH, snapshots: [update(99)] });
		expect(await store.readUpdates('a')).toEqual([Uint8Array.of(99)]);
		const history = await store.readHistory('a', 0, 100);
		expect(history.map(({ update: [byte] }) => byte)).toEqual([1, 2, 3, 4]);
	});

	test(`[STORE-12] ${name} tells who brought an update and when, page by page`, async () => {
		const store = await openStore();
		await store.commit({ ...EMPTY_BATCH, updates: [stored('a', 1), stored('b', 2), stored('a', 3)] });
		const [first, ...more] = await store.readHistory('a', 0, 1);
		expect(more).toEqual([]);
		expect(first).toMatchObject({ at: 101, author: hex('d'), update: Uint8Array.of(1) });
		const rest = await store.readHistory('a', first?.position ?? 0, 1000);
		expect(rest.map(({ update: [byte] }) => byte)).toEqual([3]);
	});

	test(`[STORE-5] ${name} counts versions up and overwrites none; one record publishes once`, async () => {
		const store = await openStore();
		await store.commit({ ...EMPTY_BATCH, publications: [publication('1', 'one', 10)] });
		await store.commit({ ...EMPTY_BATCH, publications: [publication('1', 'again', 11), publication('2', 'two', 20)] });
		expect(await store.readPublication('abcdefghij')).toEqual({ ...publication('2', 'two', 20), version: 2 });
		expect((await store.listPublications()).map(({ json }) => json)).toEqual(['two']);
		expect([...(await store.publishedRecords(east))].sort()).toEqual([hex('1'), hex('2')]);
		expect(await store.readPublication('zzzzzzzzzz')).toBeUndefined();
	});

	test(`[STORE-6] ${name} never takes a used founding code for unused again`, async () => {
		const store = await openStore();
		await store.commit({ ...EMPTY_BATCH, foundingCodesIssued: ['first', 'second'] });
		await store.commit({ ...EMPTY_BATCH, foundingCodesUsed: ['first'] });
		await store.commit({ ...EMPTY_BATCH, foundingCodesIssued: ['first'] });
		expect(await store.unusedFoundingCodes()).toEqual(['second']);
	});

	test(`[STORE-7] ${name} keeps the relay's first seed`, async () => {
		const store = await openStore();
		const seed = new Uint8Array(32).fill(4);
		expect(await store.relaySeed(seed)).toEqual(seed);
		expect(await store.relaySeed(new Uint8Array(32).fill(5))).toEqual(seed);
	});

	test(`[DISK-1] ${name} counts the bytes of one grid's records, blobs and draft updates, and no snapshot`, async () => {
		const store = await openStore();
		const blob = (grid: GridId) => ({ grid, hash: hex('c') as BlobHash, bytes: new Uint8Array(100) });
		const update = (grid: GridId) => stored(`${grid}.topic~${hex('1')}`, 1);
		await store.commit({
			...EMPTY_BATCH,
			records: [record(east, '1', [1, 2]), record(west, '1', [1])],
			blobs: [blob(east), blob(west)],
			updates: [update(east), update(west), update(east)],
		});
		await store.commit({ ...EMPTY_BATCH, snapshots: [update(east)] });
		expect(await store.bytesOf(east)).toBe(2 + 100 + 2);
		expect(await store.bytesOf(west)).toBe(1 + 100 + 1);
		expect(await store.bytesOf(hex('f') as GridId)).toBe(0);
	});

	test(`[DISK-2] ${name} keeps everything however often it is tidied`, async () => {
		const store = await openStore();
		await store.commit({ ...EMPTY_BATCH, records: [record(east, '1', [1])], updates: [stored('a', 1)] });
		for (let time = 0; time < 3; time++) await store.tidy();
		await store.commit({ ...EMPTY_BATCH, updates: [stored('a', 2)] });
		expect(await store.readRecords(east)).toEqual([record(east, '1', [1])]);
		expect(await store.readUpdates('a')).toEqual([Uint8Array.of(1), Uint8Array.of(2)]);
	});
}
