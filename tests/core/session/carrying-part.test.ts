import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { framesOf } from '#core/bundle/code-frames.ts';
import type { CarriedFile } from '#core/bundle/carried-file.ts';
import { withGround } from '#core/bundle/part.ts';
import type { BlobHash, MemberId, RecordId } from '#core/kernel/ids.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { CornerDatabase, type CornerRow, type OutboxRow } from '#lib/adapters/dexie/database.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { packRecord, packUnsent, unpackFile } from '#lib/session/sync/carrying.ts';
import { takeIn } from '#lib/session/sync/taking-in.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const council = new Council('part');
const { corner, zhao } = council;
const topic = council.topic();
const poll = council.poll(topic);
const ballot = council.vote(zhao, poll, 'approve');
const room = draftRoom(corner.grid, 'topic', topic);
const edits = ['一', '二'].map((words) => editSaying(words));

/** Zhao's phone, of which relays have all but these. */
function phone(...unsent: readonly string[]): Parameters<typeof packUnsent>[0] {
	const kindOf = (id: string) => (corner.blobs.has(id as BlobHash) ? 'blob' : 'record');
	const outbox: readonly OutboxRow[] = unsent.map((id) => ({ id, grid: corner.grid, kind: kindOf(id) }));
	const drafts = { unsent: [room], unstored: () => [], unstoredRooms: () => [] };
	return { ledger: corner.ledger, blob: corner.blob, corner: { grid: corner.grid }, outbox, drafts };
}

async function contents(
	packed: ReturnType<typeof packUnsent>,
): Promise<{ readonly size: number; readonly file: CarriedFile }> {
	const file = await packed;
	if (!file.ok) throw new Error(file.error);
	const read = await unpackFile(file.value);
	if (!read.ok) throw new Error(read.error);
	return { size: file.value.size, file: read.value };
}

test('[CARRY-4] what is unsent goes with all that it rests on, and a device that knows only the grid takes it in', async () => {
	const { title } = must(corner.ledger.find(topic, 'topic.open')).body;
	const { file } = await contents(packUnsent(phone(topic, title)));
	expect(file.records.length).toBeLessThan(corner.records.length / 2);
	expect(file.blobs).toEqual([corner.blobs.get(title)]);

	const copy = new CornerCopy(new LedgerStore(new CornerDatabase('part'), corner.grid));
	const home = {
		corner: { grid: corner.grid } as CornerRow,
		copy,
		me: zhao.member as MemberId,
		role: 'member' as const,
	};
	expect(await takeIn(home, file, () => undefined)).toMatchObject({
		ok: true,
		value: { records: file.records.length },
	});
	expect(copy.ledger.has(topic)).toBe(true);
});

test('[CARRY-4] a draft with unsent edits goes whole, and others stay', async () => {
	await new DraftStore(room).add(must(edits[0]), true);
	await new DraftStore(room).add(must(edits[1]), false);
	await new DraftStore(draftRoom(corner.grid, 'minutes', topic)).add(must(edits[0]), true);
	const { file } = await contents(packUnsent(phone()));
	expect(file.drafts).toEqual([{ room, updates: edits }]);
});

test('[CARRY-4] what a relay has refused is not carried', async () => {
	const refused = phone(topic);
	const outbox = refused.outbox.map((row) => ({ ...row, refusal: 'not-permitted' }));
	expect((await contents(packUnsent({ ...refused, outbox }))).file.records).toEqual([]);
});

test('[CARRY-5] the ballot of a voter whom the relays know is one code', async () => {
	const { file } = await contents(packRecord(phone(ballot, topic), ballot));
	expect(file.records.map(({ id }) => id)).toEqual([ballot]);
	const packed = await packRecord(phone(ballot), ballot);
	const frames = packed.ok ? framesOf(new Uint8Array(await packed.value.arrayBuffer())) : undefined;
	expect(frames).toMatchObject({ ok: true, value: { length: 1 } });
});

test('[CARRY-5] the ballot of a voter whom no relay knows yet takes the enrolment along', async () => {
	const device = corner.authorityOf(zhao);
	const { file } = await contents(packRecord(phone(ballot, device), ballot));
	expect(new Set(file.records.map(({ id }) => id))).toEqual(new Set<RecordId>([ballot, device]));
});

test('[CARRY-4] whatever is taken along, nothing that it rests on is missing', () => {
	for (const { id } of corner.records) {
		const chosen = new Set(withGround(corner.ledger, [id]).map((record) => record.id));
		const grounds = [...chosen].flatMap((each) => must(corner.ledger.get(each)).auth ?? []);
		expect(grounds.filter((ground) => !chosen.has(ground))).toEqual([]);
	}
});

function editSaying(words: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, words);
	return Y.encodeStateAsUpdate(doc);
}
