import * as encoding from 'lib0/encoding';
import { connect as connectTcp } from 'node:net';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { RecordId } from '#core/kernel/ids.ts';
import { encodeDraftMessage, encodeLedgerMessage } from '#core/wire/frames.ts';
import { LIMITS } from '../../server/relay/limits.ts';
import { step1Frame, updateFrame } from '../../server/relay/draft-frames.ts';
import { answersBeat, connect } from '../support/relay-client.ts';
import { cornerWithDraft, presenceFrame } from '../support/relay-drafts.ts';
import { cornerWithWang, foundedCorner, loggedIn, people } from '../support/relay-fixtures.ts';
import { eventually } from '../support/wait.ts';

const MiB = 1024 * 1024;

/** Frames that no honest client sends, each with what it is. */
const BAD_FRAMES: readonly (readonly [string, Uint8Array])[] = [
	['nothing', new Uint8Array()],
	['an unknown number', Uint8Array.of(99, 1, 2, 3)],
	['a sync message that ends too early', Uint8Array.of(0, 2, 50, 1)],
	['an update that claims thirty million structs', updateFrame(Uint8Array.of(1, 0x80, 0xad, 0xe2, 0x04, 1, 0))],
	['an update with a truncated delete set', updateFrame(Uint8Array.of(0, 5, 1))],
	['an update that reaches a clock of 2^52', updateFrame(farGc())],
	['a document inside a document', updateFrame(subdocument())],
	['a value 5,000 levels deep', updateFrame(deepValue(5000))],
	['a value 60,000 levels deep', updateFrame(deepValue(60_000))],
	['a malformed state vector', step1Frame(Uint8Array.of(9, 1))],
	['presence that is no JSON', Uint8Array.of(1, 6, 1, 7, 1, 2, 123, 123)],
	['presence of 65 KiB', presenceFrame(7, 1, 65 * 1024)],
	['our number with no CBOR', Uint8Array.of(64, 0xff, 0xff)],
	[
		'a ledger message with half its end missing',
		encodeLedgerMessage({ t: 'records', scope: null, wires: [new Uint8Array(90)] }).subarray(0, 50),
	],
	['a second proof', Uint8Array.of(65, 0xa0)],
	['a heartbeat that is no heartbeat', Uint8Array.of(66, 0xa1, 0x61, 0x74, 0x61, 0x78)],
];

test.each(BAD_FRAMES)('[RELAY-25] %s closes its own connection and no other', async (_what, frame) => {
	const { host, room, chen: trunk, store, faults } = await cornerWithDraft();
	const healthy = await loggedIn(host, room, people.chen);
	const bad = await loggedIn(host, room, people.wang);
	bad.socket.send(frame);
	expect([4400, 4529]).toContain(await bad.closeCode());
	await answersBeat(healthy);
	await answersBeat(trunk);
	expect(await store.readUpdates(room)).toEqual([]);
	expect(healthy.frames.filter(([number]) => number === 0)).toHaveLength(1);
	expect(faults).toEqual([]);
});

test('[RELAY-25] a record that opens to nothing ends the connection that offered it', async () => {
	const { host, corner, chen } = await foundedCorner();
	const bad = await loggedIn(host, corner.grid, people.chen);
	bad.offer([Uint8Array.of(1, 2, 3)]);
	expect(await bad.closeCode()).toBe(4400);
	await answersBeat(chen);
});

test('[RELAY-26] random bytes never end the relay, before or after login (seed in the name of the failure)', async () => {
	const { host, room, corner, chen } = await cornerWithDraft();
	const random = mulberry32(20_261_121);
	for (let round = 0; round < 60; round++) {
		const target = round % 2 === 0 ? room : corner.grid;
		const client = round % 3 === 0 ? await connect(host, target) : await loggedIn(host, target, people.wang);
		const numbers = [0, 1, 2, 3, 64, 65, 66, Math.floor(random() * 256)];
		const bytes = Uint8Array.from({ length: Math.floor(random() * 300) }, () => Math.floor(random() * 256));
		client.socket.send(Uint8Array.of(numbers[round % numbers.length] ?? 0, ...bytes));
		client.socket.send(bytes);
		client.end();
	}
	await answersBeat(chen);
});

test('[RELAY-27] a message over 4 MiB, or as text, ends its connection', async () => {
	const { host, corner, chen } = await foundedCorner();
	const large = await loggedIn(host, corner.grid, people.chen);
	large.socket.send(new Uint8Array(4 * MiB + 1));
	expect([1009, 1006]).toContain(await large.closeCode());
	const endless = await loggedIn(host, corner.grid, people.chen);
	endless.socket.send(new Uint8Array(20 * MiB));
	expect([1009, 1006]).toContain(await endless.closeCode());
	const talking = await loggedIn(host, corner.grid, people.chen);
	talking.socket.send('hello');
	expect(await talking.closeCode()).toBe(4400);
	await answersBeat(chen);
});

test('[RELAY-28] a broken WebSocket frame or a reset connection ends nothing else', async () => {
	const { host, chen, corner, faults } = await foundedCorner();
	const bad = await loggedIn(host, corner.grid, people.chen);
	const { _socket: raw } = bad.socket as unknown as { _socket: { write(bytes: Uint8Array): void } };
	raw.write(Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0xff, 0xff));
	expect(await bad.closeCode()).toBeGreaterThan(1000);
	const [address, port] = host.split(':');
	const upgrade = connectTcp(Number(port), address);
	upgrade.write(`GET /sync/${corner.grid} HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n`);
	upgrade.resetAndDestroy();
	await answersBeat(chen);
	expect(faults).toEqual([]);
});

test('[RELAY-30] a page of another origin is not let in', async () => {
	const { host, corner } = await foundedCorner();
	const foreign = new WebSocket(`ws://${host}/sync/${corner.grid}`, { origin: 'https://elsewhere.example' });
	const status = await new Promise<number | undefined>((resolve) => {
		foreign.on('unexpected-response', (_request, { statusCode }) => resolve(statusCode));
		foreign.on('error', () => {});
	});
	expect(status).toBe(403);
});

test('[RELAY-39] whoever makes the relay work hard waits for it, and the others do not', async () => {
	const { host, room, chen } = await cornerWithDraft();
	const writer = await loggedIn(host, room, people.chen);
	const { update, end } = manyInsertions();
	writer.socket.send(updateFrame(update));
	await eventually(() => expect(writer.heard).toContainEqual({ number: 66, message: { t: 'stored', n: 1 } }));
	const greedy = await loggedIn(host, room, people.wang);
	// They fit into one piece of what is read at once.
	for (let count = 0; count < 500; count++) greedy.socket.send(step1Frame(end));
	greedy.socket.send(encodeDraftMessage({ t: 'beat', n: 7 }));
	await eventually(() => expect(greedy.frames.length).toBeGreaterThan(5));
	await answersBeat(chen);
	expect(greedy.heard).not.toContainEqual({ number: 66, message: { t: 'alive', n: 7 } });
	expect(greedy.closed).toBeUndefined();
});

test('[RELAY-40] the sixty-first record of a member in a minute comes later, and nobody else is held up', async () => {
	const { host, corner, chen } = await cornerWithWang();
	const wang = await loggedIn(host, corner.grid, people.wang);
	const topics = Array.from({ length: LIMITS.recordsPerMinute + 5 }, () => corner.topic(people.wang));
	wang.offer(topics.flatMap(({ wires }) => wires));
	expect(await wang.verdictOn(topics.at(-1)?.ids[0] as RecordId)).toBe('later');
	const others = await Promise.all(
		topics.slice(0, LIMITS.recordsPerMinute).map(({ ids }) => wang.verdictOn(ids[0] as RecordId)),
	);
	expect(new Set(others)).toEqual(new Set(['']));
	await chen.bring(corner.topic(people.chen));
});

/** An update that is long to walk through, and the state vector of somebody who has it. */
function manyInsertions() {
	const doc = new Y.Doc();
	for (let count = 0; count < 20_000; count++) doc.getText('text').insert(0, '字');
	return { update: Y.encodeStateAsUpdate(doc), end: Y.encodeStateVector(doc) };
}

/** One client, one struct: a GC of 2^52. */
function farGc(): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, 1, 5, 0]) encoding.writeVarUint(encoder, number);
	encoding.writeUint8(encoder, 0);
	for (const number of [2 ** 52, 0]) encoding.writeVarUint(encoder, number);
	return encoding.toUint8Array(encoder);
}

function subdocument(): Uint8Array {
	const doc = new Y.Doc();
	doc.getArray('text').insert(0, [new Y.Doc()]);
	return Y.encodeStateAsUpdate(doc);
}

/** One ContentAny whose value is arrays in arrays, written byte by byte because the encoder would overflow too. */
function deepValue(depth: number): Uint8Array {
	const encoder = encoding.createEncoder();
	for (const number of [1, 1, 5, 0]) encoding.writeVarUint(encoder, number);
	encoding.writeUint8(encoder, 8);
	encoding.writeVarUint(encoder, 1);
	encoding.writeVarString(encoder, 'text');
	encoding.writeVarUint(encoder, 1);
	for (let level = 0; level < depth; level++) encoding.writeUint8Array(encoder, Uint8Array.of(117, 1));
	encoding.writeUint8(encoder, 126);
	encoding.writeVarUint(encoder, 0);
	return encoding.toUint8Array(encoder);
}

/** A small seeded generator, so that a failure can be had again. */
function mulberry32(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}
