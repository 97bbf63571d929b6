import { rmSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import * as Y from 'yjs';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { updateFrame } from '../../server/relay/draft-frames.ts';
import { filledFolders } from '../support/filled-folders.ts';
import { must } from '../support/must.ts';
import { answersBeat } from '../support/relay-client.ts';
import { openDraft } from '../support/relay-drafts.ts';
import { admitTo, loggedIn, people, type RunningRelay } from '../support/relay-fixtures.ts';
import { blobsIn, dialFrom, digestIn, identityOf, idsIn, linkedCorner } from '../support/relay-links.ts';
import { RelayCorner } from '../support/relay-people.ts';
import { ballotOf, openVote, receiptsHeard } from '../support/relay-vote.ts';
import { spawnRelay } from '../support/spawn-relay.ts';
import { eventually } from '../support/wait.ts';

test('[LINK-4] two relays that are linked come to hold the same records of every scope, blobs and drafts, whichever dials', async () => {
	const linked = await linkedCorner(1);
	const { corner, chen, relays } = linked;
	const [home, yard] = [must(relays[0]), must(relays[1])];
	await admitTo(linked, people.wang);
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	const { act, poll } = openVote(corner, people.chen, people.wang);
	await chen.bring(act);
	const room = draftRoom(corner.grid, 'topic', must(topic.ids[0]));
	const ballot = ballotOf(corner, people.chen, poll);
	chen.offer(ballot.wires, poll);
	await chen.verdictOn(must(ballot.ids[0]), '');
	chen.socket.send(encodeDraftMessage({ t: 'step2', room, update: written('院里断网时写的') }));
	await eventually(async () => expect(await home.store.readUpdates(room)).toHaveLength(1));

	dialFrom(yard, home);
	await eventually(async () => expect(await idsIn(yard, corner)).toEqual(await idsIn(home, corner)));
	await eventually(async () => expect(await blobsIn(yard, corner)).toEqual(await blobsIn(home, corner)));
	await eventually(async () => expect(await digestIn(yard, room)).toBe(await digestIn(home, room)));
	expect(await idsIn(yard, corner)).toContain(ballot.ids[0]);
	expect([...home.faults, ...yard.faults]).toEqual([]);
});

test('[LINK-5] what is written at one relay is seen at the other at once, records and letters, and both dialing changes nothing', async () => {
	const linked = await linkedCorner(1);
	const { corner, chen, relays } = linked;
	const [home, yard] = [must(relays[0]), must(relays[1])];
	dialFrom(yard, home);
	dialFrom(home, yard);
	await admitTo(linked, people.wang);
	await eventually(async () => expect(await idsIn(yard, corner)).toEqual(await idsIn(home, corner)));
	const topic = corner.topic(people.chen);
	const there = await loggedIn(yard.host, corner.grid, people.wang);
	await chen.bring(topic);
	await there.ledgerMessage((heard) => heard.t === 'records' && heard.wires.some((wire) => same(wire, topic.wires[0])));
	const room = draftRoom(corner.grid, 'topic', must(topic.ids[0]));
	const [here, away] = [openDraft(home.host, room, people.chen), openDraft(yard.host, room, people.wang)];
	here.text.insert(0, '家里');
	await eventually(() => expect(away.text.toString()).toBe('家里'));
	away.text.delete(0, 1);
	await eventually(() => expect(here.text.toString()).toBe('里'));
	await eventually(async () => expect(await digestIn(yard, room)).toBe(await digestIn(home, room)));
	const rows = await Promise.all([home, yard].map(({ store }) => store.readHistory(room, 0, 1e6)));
	expect(rows.map(({ length }) => length)).toEqual([2, 2]);
	const keys = await Promise.all([home, yard].map(async (relay) => (await identityOf(relay)).key));
	expect(rows[1]?.map(({ author }) => author)).toEqual([keys[0], people.wang.key]);
	expect(receiptsHeard(chen)).toEqual([]);
	expect([...home.faults, ...yard.faults]).toEqual([]);
});

test('[LINK-4] what was only deleted while two relays were apart is deleted at both', async () => {
	const { corner, chen, relays } = await linkedCorner(1);
	const [home, yard] = [must(relays[0]), must(relays[1])];
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	const room = draftRoom(corner.grid, 'topic', must(topic.ids[0]));
	const doc = new Y.Doc();
	doc.getText('text').insert(0, '写好了又删');
	chen.socket.send(encodeDraftMessage({ t: 'step2', room, update: Y.encodeStateAsUpdate(doc) }));
	dialFrom(yard, home).close();
	await eventually(async () => expect(await textIn(yard, room)).toBe('写好了又删'));
	const alone = await yard.restart();
	const away = await loggedIn(alone.host, corner.grid, people.chen);
	doc.getText('text').delete(3, 2);
	away.socket.send(encodeDraftMessage({ t: 'step2', room, update: Y.encodeStateAsUpdate(doc) }));
	await eventually(async () => expect(await textIn(alone, room)).toBe('写好了'));
	expect(await textIn(home, room)).toBe('写好了又删');
	dialFrom(home, alone);
	await eventually(async () => expect(await textIn(home, room)).toBe('写好了'));
});

test('[LINK-5] in a ring of three an edit is stored once at each, and nobody has anything more to say', async () => {
	const { corner, chen, relays } = await linkedCorner(2);
	const [home, yard, hall] = [must(relays[0]), must(relays[1]), must(relays[2])];
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	for (const [from, to] of [
		[home, yard],
		[yard, hall],
		[hall, home],
	] as const)
		dialFrom(from, to);
	for (const relay of relays) await eventually(async () => expect(await idsIn(relay, corner)).toContain(topic.ids[0]));
	const room = draftRoom(corner.grid, 'topic', must(topic.ids[0]));
	chen.socket.send(encodeDraftMessage({ t: 'step2', room, update: written('一笔') }));
	for (const relay of relays) await eventually(async () => expect(await textIn(relay, room)).toBe('一笔'));
	await answersBeat(chen);
	for (const { store } of relays) expect(await store.readHistory(room, 0, 1e6)).toHaveLength(1);
});

test('[LINK-3] of two processes one is told of the other by PEERS, and what a phone brings to one is in both', async () => {
	const corner = new RelayCorner(people.chen);
	const folders = await filledFolders(corner, []);
	onTestFinished(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));
	const home = await spawnRelay(folders[0]);
	onTestFinished(() => home.kill());
	const yard = await spawnRelay(folders[1], { PEERS: `ws://${home.host}` });
	onTestFinished(() => yard.kill());
	const [here, there] = [
		await loggedIn(home.host, corner.grid, people.chen),
		await loggedIn(yard.host, corner.grid, people.chen),
	];
	for (const [from, to] of [
		[here, there],
		[there, here],
	] as const) {
		const topic = corner.topic(people.chen);
		await from.bring(topic);
		await to.ledgerMessage((heard) => heard.t === 'records' && heard.wires.some((wire) => same(wire, topic.wires[0])));
	}
}, 20_000);

test('[LINK-11] the history of a draft names the relay that carried an edit here, and nobody as its writer', async () => {
	const linked = await linkedCorner(1);
	const { corner, chen, relays } = linked;
	const [home, yard] = [must(relays[0]), must(relays[1])];
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	const room = draftRoom(corner.grid, 'topic', must(topic.ids[0]));
	const wall = await loggedIn(home.host, room, people.chen);
	wall.socket.send(updateFrame(written('家里写的')));
	dialFrom(yard, home);
	await eventually(async () => expect(await textIn(yard, room)).toBe('家里写的'));
	const away = await loggedIn(yard.host, room, people.chen);
	away.socket.send(encodeDraftMessage({ t: 'history', after: 0 }));
	const authors = await eventually(() => {
		const past = away.heard.flatMap(({ number, message }) => (number === 66 && message.t === 'past' ? [message] : []));
		return must(past[0]).updates.map(([, , author]) => author);
	});
	expect(authors).toEqual([(await identityOf(home)).key]);
	expect((await home.store.readHistory(room, 0, 1e6)).map(({ author }) => author)).toEqual([people.chen.key]);
});

/** The text that a relay's store comes to. */
async function textIn({ store }: RunningRelay, room: string): Promise<string> {
	const doc = new Y.Doc();
	for (const update of await store.readUpdates(room)) Y.applyUpdate(doc, update);
	return doc.getText('text').toString();
}

function written(text: string): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, text);
	return Y.encodeStateAsUpdate(doc);
}

const same = (a: Uint8Array, b: Uint8Array | undefined) => b !== undefined && Buffer.compare(a, b) === 0;
