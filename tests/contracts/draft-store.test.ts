import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { concat, type GridId } from '#core/kernel/ids.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';

const GRID = 'a'.repeat(64) as GridId;
let rooms = 0;
const freshRoom = () => `${GRID}.topic~${String(++rooms).padStart(64, '0')}`;
const update = (byte: number) => Uint8Array.of(byte);
const MINUTE = 60_000;
const joined = (updates: readonly Uint8Array[]) => concat(...updates);
const bytesOf = async (store: DraftStore) => (await store.after(0)).map((row) => [...row.update]);

test('[DRAFT-1] an update whose promise resolved is read back, oldest first', async () => {
	const store = new DraftStore(freshRoom());
	await store.add(update(1), false, 0);
	await store.add(update(2), true, 0);
	expect((await store.after(0)).map((row) => [...row.update])).toEqual([[1], [2]]);
});

test('[DRAFT-1] only what came after a number is read', async () => {
	const store = new DraftStore(freshRoom());
	const first = await store.add(update(1), false, 0);
	await store.add(update(2), false, 0);
	expect((await store.after(first)).map((row) => [...row.update])).toEqual([[2]]);
});

test('[DRAFT-2] a draft is unsent until the relay has committed its last own edit', async () => {
	const room = freshRoom();
	const store = new DraftStore(room);
	const first = await store.add(update(1), false, 0);
	const second = await store.add(update(2), false, 0);
	await store.markSent(first);
	expect(await DraftStore.unsentRooms(GRID)).toContain(room);
	await store.markSent(second);
	expect(await DraftStore.unsentRooms(GRID)).not.toContain(room);
});

test('[DRAFT-2] what came from the relay is never unsent', async () => {
	const room = freshRoom();
	await new DraftStore(room).add(update(1), true, 0);
	expect(await DraftStore.unsentRooms(GRID)).not.toContain(room);
});

test('[DRAFT-3] merging a log keeps every unsent edit as it is', async () => {
	const store = new DraftStore(freshRoom());
	await store.add(update(1), true, 0);
	const last = await store.add(update(2), false, 0);
	await store.compact(last, joined);
	expect(await bytesOf(store)).toEqual([[1], [2]]);
});

test('[DRAFT-3] what was written at one sitting becomes one update, and another sitting stays another', async () => {
	const store = new DraftStore(freshRoom());
	for (const at of [0, MINUTE, 40 * MINUTE, 50 * MINUTE]) await store.add(update(at / MINUTE), true, at);
	const last = (await store.after(0)).at(-1)?.n ?? 0;
	await store.compact(last, joined);
	expect(await bytesOf(store)).toEqual([
		[0, 1],
		[40, 50],
	]);
	expect((await store.after(0)).map(({ at }) => at)).toEqual([MINUTE, 50 * MINUTE]);
});

test('[DRAFT-2] drafts of another grid are not counted', async () => {
	const other = 'b'.repeat(64) as GridId;
	await new DraftStore(`${other}.topic~${'1'.repeat(64)}`).add(update(1), false, 0);
	const rooms = await DraftStore.unsentRooms(GRID);
	expect(rooms.every((room) => room.startsWith(GRID))).toBe(true);
});
