import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { scanUpdate } from '#core/wire/draft-scan.ts';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { step2Frame, updateFrame } from '../../server/relay/draft-frames.ts';
import { gappedUpdates, HOSTILE_UPDATES } from '../support/hostile-updates.ts';
import type { RelayClient } from '../support/relay-client.ts';
import { cornerWithDraft, lastStored, openDraft } from '../support/relay-drafts.ts';
import { loggedIn, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

/** Longest that a healthy neighbor may wait for an answer while all of it arrives, in milliseconds. */
const NO_PAUSE = 500;

test('[DRAFT-4] every hostile update is refused, stored nowhere, told to nobody, and no neighbor waits', async () => {
	const { host, room, store, faults } = await cornerWithDraft();
	const neighbor = openDraft(host, room, people.chen);
	const witness = await loggedIn(host, room, people.chen);
	await eventually(() => expect(neighbor.provider.synced).toBe(true));
	const heard = witness.frames.length;
	const longest = watchAnswers(witness);
	for (const make of Object.values(HOSTILE_UPDATES)) {
		const update = make();
		for (const frame of [updateFrame(update), step2Frame(update)]) {
			const vandal = await loggedIn(host, room, people.wang);
			vandal.socket.send(frame);
			expect(await vandal.closeCode()).toBe(4400);
		}
	}
	expect(longest()).toBeLessThan(NO_PAUSE);
	expect(witness.frames.slice(heard).filter(([number]) => number === 0)).toEqual([]);
	expect(await store.readUpdates(room)).toEqual([]);
	expect(faults).toEqual([]);
	neighbor.text.insert(0, '还在');
	await eventually(() => expect(lastStored(witness)).toBe(0));
	await eventually(async () => expect(await store.readUpdates(room)).toHaveLength(1));
});

test('[DRAFT-5] 600 edits that hang in the air are not kept; their sender is asked once for what is missing', async () => {
	const { host, room, store } = await cornerWithDraft();
	const witness = await loggedIn(host, room, people.chen);
	const vandal = await loggedIn(host, room, people.wang);
	vandal.socket.send(step2Frame(Uint8Array.of(0, 0)));
	await eventually(() => expect(lastStored(vandal)).toBe(1));
	const longest = watchAnswers(witness);
	const asked = () => vandal.frames.filter(([number, step]) => number === 0 && step === 0).length;
	const before = asked();
	for (const update of gappedUpdates(600)) vandal.socket.send(updateFrame(update));
	vandal.socket.send(encodeDraftMessage({ t: 'beat', n: 1 }));
	await eventually(() => expect(vandal.heard).toContainEqual({ number: 66, message: { t: 'alive', n: 1 } }));
	expect(asked()).toBe(before + 1);
	expect(lastStored(vandal)).toBe(1);
	expect(await store.readUpdates(room)).toEqual([]);
	expect(longest()).toBeLessThan(NO_PAUSE);
});

test('[DRAFT-5] an edit that arrives before what it builds on is acknowledged once that has come', async () => {
	const { host, room, store } = await cornerWithDraft();
	const doc = new Y.Doc();
	doc.getText('text').insert(0, '没有网络时写的');
	const chen = await loggedIn(host, room, people.chen);
	doc.on('update', (update: Uint8Array) => chen.socket.send(updateFrame(update)));
	doc.getText('text').insert(0, '接着写');
	chen.socket.send(encodeDraftMessage({ t: 'beat', n: 1 }));
	await eventually(() => expect(chen.heard).toContainEqual({ number: 66, message: { t: 'alive', n: 1 } }));
	expect(lastStored(chen)).toBe(0);
	chen.socket.send(step2Frame(Y.encodeStateAsUpdate(doc)));
	await eventually(() => expect(lastStored(chen)).toBe(2));
	for (const update of await store.readUpdates(room)) expect(scanUpdate(update).ok).toBe(true);
});

/** Beats again and again from now on; the answer is the longest that one took so far, in milliseconds. */
function watchAnswers(client: RelayClient): () => number {
	let [n, longest, sentAt] = [1000, 0, performance.now()];
	const beat = () => client.socket.send(encodeDraftMessage({ t: 'beat', n: ++n }));
	client.socket.on('message', () => {
		if (!client.heard.some(({ message }) => message.t === 'alive' && message.n === n)) return;
		longest = Math.max(longest, performance.now() - sentAt);
		sentAt = performance.now();
		beat();
	});
	beat();
	return () => Math.max(longest, performance.now() - sentAt);
}
