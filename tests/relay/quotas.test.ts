import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { GridId, RecordId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { step2Frame, updateFrame } from '../../server/relay/draft-frames.ts';
import { LIMITS } from '../../server/relay/limits.ts';
import { Visitors } from '../../server/relay/visitors.ts';
import { EMPTY_BATCH, type RelayStore } from '../../server/storage/port.ts';
import { answersBeat, connect, RelayClient } from '../support/relay-client.ts';
import { RelayCorner } from '../support/relay-people.ts';
import { cornerWithWang, foundedCorner, loggedIn, people, startRelay } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const MiB = 1024 * 1024;

test('[RELAY-42] a grid that has used its share is read as ever; what is written waits, and is taken after more is given', async () => {
	const { host, corner, chen, store, restart, grow } = await nearlyFullCorner();
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	const room = draftRoom(corner.grid, 'topic', topic.ids[0] as RecordId);
	await fill(store, corner.grid);
	const full = await restart();

	const again = await loggedIn(full.host, corner.grid, people.chen);
	const late = corner.topic(people.chen, '加装雨棚');
	again.offer(late.wires);
	expect(await again.verdictOn(late.ids[0] as RecordId)).toBe('full');
	again.say({ t: 'offer-blobs', hashes: [blobHash(topic.blobs[0] as Uint8Array)] });
	await again.ledgerMessage((message) => message.t === 'blob-ack' && message.verdict === '');
	again.say({ t: 'want-blobs', hashes: [blobHash(topic.blobs[0] as Uint8Array)] });
	await again.ledgerMessage(({ t }) => t === 'chunk');

	const draft = await loggedIn(full.host, room, people.chen);
	draft.socket.send(step2Frame(Uint8Array.of(0, 0)));
	await answersBeat(draft);
	draft.socket.send(updateFrame(someEdit()));
	expect(await draft.closeCode()).toBe(4507);

	grow();
	const roomy = await loggedIn((await full.restart()).host, corner.grid, people.chen);
	await roomy.bring(late);
	expect(host).not.toBe(full.host);
});

test('[RELAY-42] a blob counts as much as a record, and one grid does not use up the share of another', async () => {
	const { corner, chen, store } = await nearlyFullCorner();
	const topic = corner.topic(people.chen);
	await chen.bring(topic);
	const before = await store.bytesOf(corner.grid);
	const other = corner.topic(people.chen, '一'.repeat(100));
	await chen.bring(other);
	const size = [...other.wires, ...other.blobs].reduce((sum, { length }) => sum + length, 0);
	expect(await store.bytesOf(corner.grid)).toBe(before + size);
	expect(await store.bytesOf('ab'.repeat(32) as GridId)).toBe(0);
});

test('[RELAY-44] who a request comes from is what the outermost trusted proxy saw, and nothing a client says', () => {
	const request = (forwarded: string) => ({
		headers: { 'x-forwarded-for': forwarded },
		socket: { remoteAddress: '10.0.0.1' },
	});
	const seen = (proxies: number, forwarded: string) =>
		new Visitors({ origin: undefined, proxies }).addressOf(request(forwarded) as never);
	expect(seen(0, '203.0.113.9')).toBe('10.0.0.1');
	expect(seen(1, '198.51.100.7, 203.0.113.9')).toBe('203.0.113.9');
	expect(seen(2, '6.6.6.6, 198.51.100.7, 203.0.113.9')).toBe('198.51.100.7');
	expect(seen(2, '203.0.113.9')).toBe('10.0.0.1');
	expect(seen(1, '::ffff:203.0.113.9')).toBe('203.0.113.9');
	expect(seen(1, '2001:db8:1:2:aaaa::1')).toBe(seen(1, '2001:db8:1:2:bbbb:5:6:7'));
	expect(seen(1, '2001:db8:1:3::1')).not.toBe(seen(1, '2001:db8:1:2::1'));
});

test('[RELAY-45] one address has so many connections that prove nothing, and no other address is kept out by it', async () => {
	const { host, corner } = await foundedCorner(undefined, { proxies: 1 });
	const from = (address: string) => new RelayClient(host, corner.grid, { 'x-forwarded-for': address });
	const crowd = Array.from({ length: LIMITS.provingPerAddress }, () => from('203.0.113.9'));
	await eventually(() => expect(crowd.every(({ heard }) => heard.length > 0)).toBe(true), 10_000);
	expect(await upgradeStatus(host, corner.grid, '203.0.113.9')).toBe(429);
	expect(await from('203.0.113.10').logIn(people.chen)).toBe('convener');
	// One that proves itself makes room for another.
	await crowd[0]?.logIn(people.chen);
	expect(await upgradeStatus(host, corner.grid, '203.0.113.9')).toBe(101);
	crowd.forEach((client) => client.end());
	await eventually(() => from('203.0.113.9').logIn(people.chen));
}, 20_000);

test('[RELAY-45] one address has so many connections that are logged in', () => {
	const visitors = new Visitors({ origin: undefined, proxies: 0 });
	const came = () => (visitors.came('10.0.0.1'), visitors.proved('10.0.0.1'));
	expect(Array.from({ length: LIMITS.loggedInPerAddress }, came).every(Boolean)).toBe(true);
	expect(came()).toBe(false);
	visitors.left('10.0.0.1', true);
	expect(visitors.proved('10.0.0.1')).toBe(true);
});

test('[RELAY-52] rooms of unknown grids, however many, end as not known and leave nothing behind', async () => {
	const { host } = await cornerWithWang();
	const grids = Array.from({ length: 200 }, (_, n) => n.toString(16).padStart(64, '0'));
	const strangers = grids.map((grid) => new RelayClient(host, grid));
	await Promise.all(strangers.map((stranger) => stranger.prove(people.zhang)));
	const codes = await Promise.all(strangers.map((stranger) => stranger.closeCode()));
	expect(new Set(codes)).toEqual(new Set([4503]));
});

test('[RELAY-12] a device that is never admitted reads structure for ever, over a restart, and gets no further', async () => {
	const { corner, chen, restart } = await foundedCorner();
	const { act, invite } = corner.invite();
	await chen.bring(act);
	await chen.bring(corner.join(people.wang, invite));
	const { host } = await restart();
	const wang = await connect(host, corner.grid);
	expect(await wang.logIn(people.wang)).toBe('newcomer');
	wang.say({ t: 'hello', scope: null, root: '00'.repeat(32) });
	await wang.ledgerMessage(({ t }) => t === 'buckets');
	wang.say({ t: 'want', scope: null, ids: corner.founding.ids });
	await eventually(() => expect(wang.wires).toHaveLength(corner.founding.ids.length));
	const draft = await connect(host, draftRoom(corner.grid, 'topic', corner.grid));
	await draft.prove(people.wang);
	expect([4403, 4404]).toContain(await draft.closeCode());
});

/** A corner whose relay gives each grid 2 MiB; after `grow`, a restarted one gives 100. */
async function nearlyFullCorner() {
	let share = 2 * MiB;
	const settings = {
		get gridShare() {
			return share;
		},
	};
	const running = await startRelay(undefined, settings);
	const corner = new RelayCorner(people.chen);
	const founding = (await running.relay.foundingCode()) ?? '';
	const chen = await loggedIn(running.host, corner.grid, people.chen, { wires: corner.founding.wires, founding });
	await chen.bring(corner.founding);
	return { ...running, corner, chen, grow: () => (share = 100 * MiB) };
}

/** Puts 2 MiB of a member's old edits into the store, under a draft that nobody opens. */
async function fill(store: RelayStore, grid: GridId): Promise<void> {
	const row = { room: `${grid}.topic~${'0'.repeat(64)}`, update: new Uint8Array(2 * MiB) };
	await store.commit({ ...EMPTY_BATCH, updates: [{ ...row, at: 0, author: people.chen.key }] });
}

function someEdit(): Uint8Array {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, '字');
	return Y.encodeStateAsUpdate(doc);
}

async function upgradeStatus(host: string, room: string, address: string): Promise<number | undefined> {
	const socket = new WebSocket(`ws://${host}/sync/${room}`, { headers: { 'x-forwarded-for': address } });
	socket.on('error', () => {});
	const status = await new Promise<number | undefined>((resolve) => {
		socket.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
		socket.on('open', () => resolve(101));
	});
	socket.terminate();
	return status;
}
