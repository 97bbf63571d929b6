import 'fake-indexeddb/auto';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { DraftsInStep } from '#lib/session/drafts/drafts-in-step.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { cornerWithDraft, openDraft } from '../support/relay-drafts.ts';
import { people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

test('[DRAFT-8] a draft that is not on screen comes to the device, with what was deleted in it', async () => {
	const { host, room, corner, chen: trunk } = await cornerWithDraft();
	onTestFinished(() => DraftStore.forget(corner.grid));
	const wang = openDraft(host, room, people.wang);
	wang.text.insert(0, '先写的，删去一半');
	wang.text.delete(4, 4);
	await eventually(() => expect(wang.stored.at(-1)).toBeGreaterThan(0));
	const device = onTrunk(trunk);
	await device.compare([room]);
	await eventually(async () => expect(await textOf(room)).toBe('先写的，'));
	expect(await DraftStore.unsentRooms(corner.grid)).toEqual([]);

	wang.text.delete(0, 1);
	await eventually(() => expect(wang.stored.at(-1)).toBeGreaterThan(1));
	await device.compare([room]);
	await eventually(async () => expect(await textOf(room)).toBe('写的，'));
	const [rows, heard] = [(await new DraftStore(room).after(0)).length, trunk.heard.length];
	await device.compare([room]);
	trunk.socket.send(encodeDraftMessage({ t: 'beat', n: 1 }));
	await eventually(() => expect(trunk.heard.slice(heard)).toEqual([{ number: 66, message: { t: 'alive', n: 1 } }]));
	expect((await new DraftStore(room).after(0)).length).toBe(rows);
});

test('[DRAFT-8] a relay that was restored from a backup gets back what the device has', async () => {
	const { host, room, corner, chen: trunk } = await cornerWithDraft();
	onTestFinished(() => DraftStore.forget(corner.grid));
	const doc = new Y.Doc();
	const store = new DraftStore(room);
	const added: Promise<number>[] = [];
	doc.on('update', (update: Uint8Array) => added.push(store.add(update, true, 0)));
	doc.getText('text').insert(0, '备份之后写的');
	doc.getText('text').delete(0, 2);
	await Promise.all(added);
	await onTrunk(trunk).compare([room]);
	const later = openDraft(host, room, people.wang);
	await eventually(() => expect(later.text.toString()).toBe('之后写的'));
});

/** The device's side, on a raw trunk of somebody who is logged in. */
function onTrunk(trunk: RelayClient): DraftsInStep {
	const device = new DraftsInStep((message) => trunk.socket.send(encodeDraftMessage(message)));
	let heard = trunk.heard.length;
	trunk.socket.on('message', () => {
		for (const own of trunk.heard.slice(heard)) if (own.number === 66) device.hear(own.message);
		heard = trunk.heard.length;
	});
	return device;
}

async function textOf(room: string): Promise<string> {
	const doc = new Y.Doc();
	for (const { update } of await new DraftStore(room).after(0)) Y.applyUpdate(doc, update);
	return doc.getText('text').toString();
}
