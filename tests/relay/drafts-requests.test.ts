import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { DraftHoldings } from '#core/wire/draft-holdings.ts';
import { HISTORY_PAGE, type DraftMessage } from '#core/wire/draft-messages.ts';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { updateFrame } from '../../server/relay/draft-frames.ts';
import { must } from '../support/must.ts';
import { connect, type RelayClient } from '../support/relay-client.ts';
import { cornerWithDraft, lastStored, openDraft } from '../support/relay-drafts.ts';
import { loggedIn, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const NOTHING = digestOf();

test("[VERSION-7] a draft's history is told in order, with when and by whose device", async () => {
	const { host, room } = await cornerWithDraft();
	const before = Date.now();
	const chen = await loggedIn(host, room, people.chen);
	const wang = await loggedIn(host, room, people.wang);
	for (const [client, text] of [
		[chen, '一'],
		[wang, '二'],
		[chen, '三'],
	] as const) {
		const stored = lastStored(client);
		client.socket.send(updateFrame(written(text)));
		await eventually(() => expect(lastStored(client)).toBe(stored + 1));
	}
	const { updates } = await answerTo(chen, { t: 'history', after: 0 }, 'past');
	expect(updates.map(([, , author]) => author)).toEqual([people.chen.key, people.wang.key, people.chen.key]);
	expect(updates.map(([, , , update]) => textOf(update))).toEqual(['一', '二', '三']);
	for (const [, at] of updates) expect(at).toBeGreaterThanOrEqual(before);
	const rest = await answerTo(wang, { t: 'history', after: must(updates[1])[0] }, 'past');
	expect(rest.updates).toEqual([updates[2]]);
});

test('[VERSION-7] a long history comes in pages, and everything that was deleted is in it', async () => {
	const { host, room } = await cornerWithDraft();
	const chen = await loggedIn(host, room, people.chen);
	const doc = new Y.Doc();
	doc.on('update', (update: Uint8Array) => chen.socket.send(updateFrame(update)));
	for (let count = 1; count <= 5; count++) {
		doc.getText('text').insert(0, '长'.repeat(30_000));
		doc.getText('text').delete(0, 30_000);
		await eventually(() => expect(lastStored(chen)).toBe(2 * count));
	}
	let [after, pages, letters] = [0, 0, 0];
	for (;;) {
		const { updates } = await answerTo(chen, { t: 'history', after }, 'past');
		const last = updates.at(-1);
		if (!last) break;
		for (const [, , , update] of updates) letters += lettersIn(update);
		expect(updates.reduce((sum, [, , , { length }]) => sum + length, 0)).toBeLessThanOrEqual(HISTORY_PAGE);
		[after, pages] = [last[0], pages + 1];
	}
	expect(pages).toBe(3);
	expect(letters).toBe(5 * 30_000);
});

test('[DRAFT-8] on the trunk a device learns what it lacks of drafts that are not on screen', async () => {
	const { host, room, chen: trunk } = await cornerWithDraft();
	const wang = openDraft(host, room, people.wang);
	wang.text.insert(0, '不在屏幕上');
	await eventually(() => expect(wang.stored.at(-1)).toBeGreaterThan(0));
	await answerTo(trunk, { t: 'have', drafts: [[room, NOTHING]] }, 'step1');
	const { update } = await answerTo(trunk, { t: 'step1', room, vector: Uint8Array.of(0) }, 'step2');
	expect(textOf(update)).toBe('不在屏幕上');
	const heard = trunk.heard.length;
	trunk.socket.send(encodeDraftMessage({ t: 'have', drafts: [[room, digestOf(Y.encodeStateAsUpdate(wang.doc))]] }));
	await answerTo(trunk, { t: 'beat', n: 9 }, 'alive');
	expect(trunk.heard.slice(heard).map(({ message }) => message.t)).toEqual(['alive']);
});

test('[DRAFT-8] on the trunk a device gives what the relay lacks, and those who look see it', async () => {
	const { host, room, store, chen: trunk } = await cornerWithDraft();
	const wang = openDraft(host, room, people.wang);
	await eventually(() => expect(wang.provider.synced).toBe(true));
	trunk.socket.send(encodeDraftMessage({ t: 'step2', room, update: written('补上') }));
	await eventually(() => expect(wang.text.toString()).toBe('补上'));
	const [only] = await store.readHistory(room, 0, 1000);
	expect(only).toMatchObject({ author: people.chen.key });
});

test('[DRAFT-8] nobody asks about drafts of another room than the trunk, nor a newcomer about any', async () => {
	const { host, room, corner, chen } = await cornerWithDraft();
	const inDraft = await loggedIn(host, room, people.chen);
	inDraft.socket.send(encodeDraftMessage({ t: 'have', drafts: [[room, NOTHING]] }));
	expect(await inDraft.closeCode()).toBe(4400);
	chen.socket.send(encodeDraftMessage({ t: 'history', after: 0 }));
	expect(await chen.closeCode()).toBe(4400);
	const again = await loggedIn(host, corner.grid, people.chen);
	const { act, invite } = corner.invite();
	await again.bring(act);
	await again.bring(corner.join(people.zhang, invite));
	const zhang = await connect(host, corner.grid);
	await zhang.logIn(people.zhang);
	again.socket.send(encodeDraftMessage({ t: 'step2', room, update: written('秘密') }));
	zhang.socket.send(encodeDraftMessage({ t: 'step1', room, vector: Uint8Array.of(0) }));
	zhang.socket.send(encodeDraftMessage({ t: 'step2', room, update: written('乱写') }));
	await answerTo(zhang, { t: 'beat', n: 3 }, 'alive');
	expect(zhang.heard.filter(({ message }) => message.t === 'step2')).toEqual([]);
	const { update } = await answerTo(again, { t: 'step1', room, vector: Uint8Array.of(0) }, 'step2');
	expect(textOf(update)).toBe('秘密');
});

test('[DRAFT-9] a stock y-websocket client writes offline, comes back to a relay that was restarted, and all agree', async () => {
	const { host, room, restart } = await cornerWithDraft();
	const chen = openDraft(host, room, people.chen);
	const wang = openDraft(host, room, people.wang);
	chen.text.insert(0, '一');
	await eventually(() => expect(wang.text.toString()).toBe('一'));
	wang.provider.disconnect();
	wang.text.insert(1, '三');
	wang.text.delete(0, 1);
	chen.text.insert(0, '二');
	await eventually(() => expect(chen.stored.at(-1)).toBe(2));
	expect(chen.text.toString()).toBe('二一');
	wang.provider.connect();
	wang.provider.awareness.setLocalStateField('user', { name: '王伟' });
	await eventually(() => expect(chen.text.toString()).toBe('二三'));
	await eventually(() => expect(wang.text.toString()).toBe('二三'));
	const heardOf = () => chen.provider.awareness.getStates().get(wang.doc.clientID);
	await eventually(() => expect(heardOf()).toEqual({ user: { name: '王伟' } }));
	for (const { provider } of [chen, wang]) provider.disconnect();
	chen.text.insert(0, '零');

	const again = await restart();
	const later = [
		openDraft(again.host, room, people.chen, chen.doc),
		openDraft(again.host, room, people.wang, wang.doc),
	];
	for (const { text } of later) await eventually(() => expect(text.toString()).toBe('零二三'));
});

function digestOf(...updates: readonly Uint8Array[]): string {
	const holdings = new DraftHoldings();
	for (const update of updates) holdings.take(update);
	return holdings.digest();
}

async function answerTo<T extends DraftMessage['t']>(
	client: RelayClient,
	message: DraftMessage,
	t: T,
): Promise<Extract<DraftMessage, { readonly t: T }>> {
	const heard = client.heard.length;
	client.socket.send(encodeDraftMessage(message));
	return eventually(() => {
		const own = client.heard.slice(heard).find((later) => later.number === 66 && later.message.t === t);
		return must(own).message as Extract<DraftMessage, { readonly t: T }>;
	});
}

function written(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

function textOf(update: Uint8Array): string {
	const doc = new Y.Doc();
	Y.applyUpdate(doc, update);
	return doc.getText('text').toString();
}

/** What it brought, deleted since or not. */
function lettersIn(update: Uint8Array): number {
	const contents = Y.decodeUpdate(update).structs.map((struct) =>
		struct instanceof Y.Item ? struct.content : undefined,
	);
	return contents.reduce((sum, content) => sum + (content instanceof Y.ContentString ? content.str.length : 0), 0);
}
