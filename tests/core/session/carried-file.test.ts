import 'fake-indexeddb/auto';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { decodeCarriedFile, encodeCarriedFile, type CarriedFile } from '#core/bundle/carried-file.ts';
import { toHex, type GridId, type MemberId } from '#core/kernel/ids.ts';
import { CornerDatabase, type CornerRow } from '#lib/adapters/dexie/database.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { gunzip } from '#lib/adapters/gzip.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { packCorner, unpackFile } from '#lib/session/sync/carrying.ts';
import { takeIn } from '#lib/session/sync/taking-in.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import * as Y from 'yjs';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import { must } from '../../support/must.ts';

const { corner: told, topic } = tellElderDayCare();
const room = draftRoom(told.grid, 'topic', topic);
const edit = editSaying('建在二号楼');
let databases = 0;

interface Device {
	readonly store: LedgerStore;
	readonly home: Parameters<typeof takeIn>[0] & Parameters<typeof packCorner>[0];
}

/** A device of a member, as it is when the corner has just been opened there. */
function device(grid: GridId = told.grid): Device {
	const store = new LedgerStore(new CornerDatabase(`carried-${++databases}`), grid);
	const copy = new CornerCopy(store);
	const drafts = { unstored: () => [], unstoredRooms: () => [] };
	const seen = { copy, ledger: copy.ledger, blob: copy.blob, drafts };
	return {
		store,
		home: { corner: { grid } as CornerRow, me: told.founder.member as MemberId, role: 'member', ...seen },
	};
}

async function fullDevice(): Promise<Device> {
	const full = device();
	await full.home.copy.receive(told.records.map(({ wire }) => wire));
	for (const bytes of told.blobs.values()) await full.home.copy.receiveBlob(bytes);
	await new DraftStore(room).add(edit, false);
	return full;
}

async function packed(): Promise<Blob> {
	const file = await packCorner((await fullDevice()).home);
	return file.ok ? file.value : new Blob();
}

async function contents(file: Blob): Promise<CarriedFile> {
	const read = await unpackFile(file);
	if (!read.ok) throw new Error(read.error);
	return read.value;
}

const quiet = () => undefined;

test('[FILE-3] a file holds every record, blob and draft of the corner, and is unpacked again', async () => {
	const file = await contents(await packed());
	expect(new Set(file.records.map(({ id }) => id))).toEqual(new Set(told.records.map(({ id }) => id)));
	expect(file.blobs).toHaveLength(told.blobs.size);
	expect(file.drafts.map((draft) => draft.room)).toContain(room);
});

test('[FILE-4] a device that takes it in holds the same, offers all of it, and a second time changes nothing', async () => {
	const file = await contents(await packed());
	await DraftStore.forget(told.grid);
	const { store, home } = device();
	const steps: number[] = [];
	const taken = await takeIn(home, file, (done) => steps.push(done));
	expect(taken).toEqual({ ok: true, value: { records: told.records.length, drafts: 1 } });
	expect(home.copy.ledger.idsOf(null)).toEqual(told.ledger.idsOf(null));
	expect(await store.outbox()).toHaveLength(told.records.length + told.blobs.size);
	expect(await DraftStore.unsentRooms(told.grid)).toContain(room);
	expect(steps.length).toBeGreaterThan(1);

	await store.acknowledge((await store.outbox()).map(({ id }) => id));
	expect(await takeIn(home, file, quiet)).toEqual({ ok: true, value: { records: 0, drafts: 0 } });
	expect(await store.outbox()).toEqual([]);
	expect(await new DraftStore(room).after(0)).toHaveLength(1);
});

test('[FILE-4] what is forged in a file is refused alone', async () => {
	const file = await contents(await packed());
	const [victim, other] = file.records.filter(({ type }) => type === 'topic.open' || type === 'meeting.convene');
	const forged = { ...must(victim), wire: must(victim).wire.with(-1, 0).with(-2, 0) };
	const records = file.records.map((record) => (record.id === forged.id ? forged : record));
	const { home } = device();
	await takeIn(home, { ...file, records }, quiet);
	expect([home.copy.ledger.has(forged.id), home.copy.ledger.has(must(other).id)]).toEqual([false, true]);
});

test('[FILE-4] a draft of nothing that is held, and an edit made to harm, are left out', async () => {
	await DraftStore.forget(told.grid);
	const { home } = device();
	const stray = { room: draftRoom(told.grid, 'topic', 'c'.repeat(64) as GridId), updates: [edit] };
	const harmful = { room, updates: [Uint8Array.of(1, 255, 255, 255, 255, 15)] };
	const file = { ...(await contents(await packed())), drafts: [stray, harmful] };
	await DraftStore.forget(told.grid);
	expect(await takeIn(home, file, quiet)).toMatchObject({ ok: true, value: { drafts: 0 } });
	expect(await DraftStore.rooms(told.grid)).toEqual([]);
});

test('[FILE-4] edits that are held are nothing new as somebody else has merged them; what is new among them is', async () => {
	await DraftStore.forget(told.grid);
	const [first, second, third, fourth] = editsOf('建在', '二号楼', '一层', '南边');
	const { home } = await fullDevice();
	await DraftStore.forget(told.grid);
	const store = new DraftStore(room);
	await store.add(first, true);
	await store.add(second, true);
	const carrying = (updates: readonly Uint8Array[]) => ({
		grid: told.grid,
		records: [],
		blobs: [],
		drafts: [{ room, updates }],
	});
	const merged = Y.mergeUpdates([first, second]);
	expect(await takeIn(home, carrying([merged]), quiet)).toMatchObject({ value: { drafts: 0 } });
	expect(await DraftStore.unsentRooms(told.grid)).toEqual([]);
	expect(await takeIn(home, carrying([fourth, third]), quiet)).toMatchObject({ value: { drafts: 1 } });
	const doc = new Y.Doc();
	for (const { update } of await store.after(0)) Y.applyUpdate(doc, update);
	expect(doc.getText('words').toString()).toBe('建在二号楼一层南边');
	await DraftStore.forget(told.grid);
});

test('[FILE-4] another corner’s file, and one before admission, change nothing', async () => {
	const file = await contents(await packed());
	const other = device('d'.repeat(64) as GridId);
	expect(await takeIn(other.home, file, quiet)).toEqual({ ok: false, error: 'file-other-grid' });
	const newcomer = device();
	const waiting = { ...newcomer.home, me: undefined, role: 'newcomer' as const };
	expect(await takeIn(waiting, file, quiet)).toEqual({ ok: false, error: 'not-admitted-yet' });
	expect([other.home.copy.ledger.size, newcomer.home.copy.ledger.size]).toEqual([0, 0]);
});

test('[FILE-4] whoever only reads offers nothing to a relay that would refuse it', async () => {
	const { store, home } = device();
	await takeIn({ ...home, role: 'observer' }, await contents(await packed()), quiet);
	expect(home.copy.ledger.size).toBe(told.records.length);
	expect(await store.outbox()).toEqual([]);
});

test('[FILE-2] what is no gzip, half a file and an altered one are each refused', async () => {
	const whole = await packed();
	const bytes = new Uint8Array(await whole.arrayBuffer());
	const altered = bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 1);
	const refused = await Promise.all(
		[new Blob(['照片']), whole.slice(0, whole.size / 2), new Blob([altered])].map(unpackFile),
	);
	expect(refused.map((result) => !result.ok && result.error)).toEqual(['file-not-ours', 'file-broken', 'file-broken']);
});

test('[FILE-2] a small file that unpacks to too much is given up on the way', async () => {
	const bomb = new Blob([gzipSync(new Uint8Array(4_000_000))]);
	expect(bomb.size).toBeLessThan(10_000);
	expect(await gunzip(bomb, 3_999_999)).toEqual({ ok: false, error: 'too-large' });
	expect(await gunzip(bomb, 4_000_000)).toMatchObject({ ok: true });
});

test('[FILE-3] no key of the device goes into a file', async () => {
	const seed = new Uint8Array(32).fill(0xab);
	const key = await crypto.subtle.importKey('raw', seed, 'AES-GCM', true, ['encrypt']);
	const { home } = await fullDevice();
	const withKey = { ...home, corner: { ...home.corner, privateKey: { wrappingKey: key, iv: seed, sealed: seed } } };
	const file = await packCorner(withKey);
	const again = await contents(file.ok ? file.value : new Blob());
	expect(toHex(encodeCarriedFile(again)).includes(toHex(seed))).toBe(false);
	expect(decodeCarriedFile(encodeCarriedFile(again)).ok).toBe(true);
});

function editSaying(words: string): Uint8Array {
	const doc = new Y.Doc();
	const paragraph = new Y.XmlElement('paragraph');
	paragraph.insert(0, [new Y.XmlText(words)]);
	doc.getXmlFragment('text').insert(0, [paragraph]);
	return Y.encodeStateAsUpdate(doc);
}

/** Typed one after the other by one person, each an update of its own. */
function editsOf<T extends readonly string[]>(...words: T): { readonly [Word in keyof T]: Uint8Array } {
	const doc = new Y.Doc();
	doc.clientID = 7;
	const edits: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => edits.push(update));
	const text = doc.getText('words');
	for (const word of words) text.insert(text.length, word);
	return edits as { [Word in keyof T]: Uint8Array };
}
