import * as encoding from 'lib0/encoding';
import * as decoding from 'lib0/decoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { step1Frame, step2Frame, updateFrame } from '../../server/relay/draft-frames.ts';
import { connect, type RelayClient } from '../support/relay-client.ts';
import { cornerWithDraft, lastStored, openDraft } from '../support/relay-drafts.ts';
import { loggedIn, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const EMPTY = Uint8Array.of(0, 0);

test('[RELAY-17] two stock y-websocket clients come to the same text, and a third finds it after a restart', async () => {
	const { host, room, restart } = await cornerWithDraft();
	const chen = openDraft(host, room, people.chen);
	const wang = openDraft(host, room, people.wang);
	chen.text.insert(0, '加装');
	await eventually(() => expect(wang.text.toString()).toBe('加装'));
	wang.text.insert(2, '电梯');
	await eventually(() => expect(chen.text.toString()).toBe('加装电梯'));
	chen.provider.destroy();
	wang.provider.destroy();

	const again = await restart();
	const later = openDraft(again.host, room, people.chen);
	await eventually(() => expect(later.text.toString()).toBe('加装电梯'));
});

test('[RELAY-18] an edit is acknowledged by its number, an empty one too', async () => {
	const { host, room } = await cornerWithDraft();
	const chen = await loggedIn(host, room, people.chen);
	chen.socket.send(step2Frame(EMPTY));
	chen.socket.send(updateFrame(edit('一')));
	await eventually(() => expect(lastStored(chen)).toBe(2));
	chen.socket.send(updateFrame(edit('二')));
	await eventually(() => expect(lastStored(chen)).toBe(3));
});

test('[RELAY-19] nobody sees an edit before it is committed', async () => {
	let release = () => {};
	let isHeld = false;
	const { host, room, store } = await cornerWithDraft((wrapped) => {
		const commit = wrapped.commit.bind(wrapped);
		return Object.assign(wrapped, {
			commit: async (batch: Parameters<typeof commit>[0]) => {
				if (isHeld && batch.updates.length > 0) await new Promise<void>((resolve) => (release = resolve));
				return commit(batch);
			},
		});
	});
	const chen = await loggedIn(host, room, people.chen);
	const wang = await loggedIn(host, room, people.wang);
	isHeld = true;
	const heard = wang.frames.length;
	chen.socket.send(updateFrame(edit('一')));
	// Says nothing, but is answered only after the turn before it.
	wang.socket.send(step1Frame(Uint8Array.of(0)));
	await new Promise((resolve) => setTimeout(resolve, 100));
	expect(wang.frames).toHaveLength(heard);
	expect(lastStored(chen)).toBe(0);
	expect(await store.readUpdates(room)).toEqual([]);
	release();
	await eventually(() => expect(wang.frames.length).toBeGreaterThan(heard));
	await eventually(() => expect(lastStored(chen)).toBe(1));
	expect(await store.readUpdates(room)).toHaveLength(1);
});

test('[RELAY-20] a newcomer has no draft', async () => {
	const { host, corner, chen, room } = await cornerWithDraft();
	const { act, invite } = corner.invite();
	await chen.bring(act);
	await chen.bring(corner.join(people.zhang, invite));
	const zhang = await connect(host, room);
	await zhang.prove(people.zhang);
	expect(await zhang.closeCode()).toBe(4403);
	expect(zhang.frames).toHaveLength(1);
});

test('[RELAY-21] who is here is told to those who come, and taken back when they go', async () => {
	const { host, room } = await cornerWithDraft();
	const chen = openDraft(host, room, people.chen);
	chen.provider.awareness.setLocalStateField('user', { name: 'a' });
	await eventually(() => expect(chen.provider.synced).toBe(true));
	const wang = openDraft(host, room, people.wang);
	await eventually(() => expect(wang.provider.awareness.getStates().get(chen.doc.clientID)).toHaveProperty('user'));
	chen.provider.destroy();
	await eventually(() => expect(wang.provider.awareness.getStates().has(chen.doc.clientID)).toBe(false));
});

test('[RELAY-22] nobody speaks under the clientID of somebody else', async () => {
	const { host, room } = await cornerWithDraft();
	const chen = await loggedIn(host, room, people.chen);
	const wang = await loggedIn(host, room, people.wang);
	chen.socket.send(presence(7, 1, '{"user":"chen"}'));
	await eventually(() => expect(presencesHeard(wang)).toContain('7 {"user":"chen"}'));
	wang.socket.send(presence(7, 9, '{"user":"not chen"}'));
	wang.socket.send(presence(8, 1, '{"user":"wang"}'));
	await eventually(() => expect(presencesHeard(chen)).toContain('8 {"user":"wang"}'));
	wang.socket.send(presence(9, 1, '{"user":"a second me"}'));
	wang.socket.send(presence(8, 2, '{"user":"still wang"}'));
	await eventually(() => expect(presencesHeard(chen)).toContain('8 {"user":"still wang"}'));
	expect(presencesHeard(chen).filter((state) => /not chen|second/.test(state))).toEqual([]);
});

test('[RELAY-23] a heartbeat is answered with its number', async () => {
	const { host, room, chen } = await cornerWithDraft();
	const inDraft = await loggedIn(host, room, people.chen);
	for (const client of [chen, inDraft]) {
		client.socket.send(encodeDraftMessage({ t: 'beat', n: 41 }));
		await eventually(() => expect(client.heard).toContainEqual({ number: 66, message: { t: 'alive', n: 41 } }));
	}
});

test('[RELAY-24] a draft does not grow beyond 3 MiB, and what was deleted does not count', async () => {
	const { host, room, store } = await cornerWithDraft();
	const chen = await loggedIn(host, room, people.chen);
	const doc = new Y.Doc();
	doc.on('update', (update: Uint8Array) => chen.socket.send(updateFrame(update)));
	const text = doc.getText('text');
	for (const stored of [2, 4]) {
		text.insert(0, '长'.repeat(600_000));
		text.delete(0, 600_000);
		await eventually(() => expect(lastStored(chen)).toBe(stored));
	}
	text.insert(0, '长'.repeat(600_000));
	await eventually(() => expect(lastStored(chen)).toBe(5));
	text.insert(0, '长'.repeat(600_000));
	expect(await chen.closeCode()).toBe(4529);
	expect((await store.readUpdates(room)).length).toBeGreaterThan(0);
});

test('[RELAY-37] a draft of many edits is stored as one when the last person leaves, and loses none', async () => {
	const { host, room, store } = await cornerWithDraft();
	const chen = openDraft(host, room, people.chen);
	await eventually(() => expect(chen.provider.synced).toBe(true));
	for (let index = 0; index < 600; index++) {
		chen.text.insert(0, '字');
		if (index % 50 === 49) await eventually(() => expect(chen.stored.at(-1)).toBe(index + 2));
	}
	const rows = (await store.readHistory(room, 0, 1e9)).length;
	chen.provider.destroy();
	await eventually(async () => expect(await store.readUpdates(room)).toHaveLength(1));
	const again = openDraft(host, room, people.chen);
	await eventually(() => expect(again.text.toString()).toBe('字'.repeat(600)));
	expect(await store.readHistory(room, 0, 1e9)).toHaveLength(rows);
	again.text.insert(0, '新');
	await eventually(() => expect(again.stored.at(-1)).toBe(2));
	const doc = new Y.Doc();
	for (const update of await store.readUpdates(room)) Y.applyUpdate(doc, update);
	expect(doc.getText('text').toString()).toBe(`新${'字'.repeat(600)}`);
});

/** A client's update that inserts a text into an empty document. */
function edit(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

function presence(client: number, clock: number, json: string): Uint8Array {
	const states = encoding.createEncoder();
	encoding.writeVarUint(states, 1);
	encoding.writeVarUint(states, client);
	encoding.writeVarUint(states, clock);
	encoding.writeVarString(states, json);
	const frame = encoding.createEncoder();
	encoding.writeVarUint(frame, 1);
	encoding.writeVarUint8Array(frame, encoding.toUint8Array(states));
	return encoding.toUint8Array(frame);
}

function presencesHeard(client: RelayClient): readonly string[] {
	return client.frames.filter(([number]) => number === 1).flatMap(statesIn);
}

function statesIn(frame: Uint8Array): string[] {
	const outer = decoding.createDecoder(frame);
	decoding.readVarUint(outer);
	const inner = decoding.createDecoder(decoding.readVarUint8Array(outer));
	return Array.from({ length: decoding.readVarUint(inner) }, () => {
		const client = decoding.readVarUint(inner);
		decoding.readVarUint(inner);
		return `${client} ${decoding.readVarString(inner)}`;
	});
}
