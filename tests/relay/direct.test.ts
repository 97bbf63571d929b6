import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import '../support/page.ts';
import type { GridId } from '#core/kernel/ids.ts';
import { CHUNK, encodeSignal } from '#core/wire/chunks.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { TrunkConnection } from '#lib/adapters/trunk-connection.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { readCertificate } from '../../server/courtyard/certificate.ts';
import type { RelaySocket } from '../../server/relay/socket.ts';
import {
	cardOf,
	connected,
	dial,
	draftOver,
	freePort,
	openCourtyard,
	phoneIn,
	rawChannel,
} from '../support/courtyard.ts';
import { must } from '../support/must.ts';
import { answersBeat } from '../support/relay-client.ts';
import { cornerWithDraft } from '../support/relay-drafts.ts';
import { cornerWithWang, foundedCorner, people, startRelay, type RunningRelay } from '../support/relay-fixtures.ts';
import { COURTYARD_MAIN, spawnRelay, type SpawnedRelay } from '../support/spawn-relay.ts';
import { eventually } from '../support/wait.ts';

const NOBODYS_ROOM = 'ab'.repeat(32);
const MIB = 1024 * 1024;

test('[DIRECT-3] a phone that has the card is logged in, with the fingerprint as the host that it dialed', async () => {
	const running = await foundedCorner();
	const { card, counts } = await openCourtyard(running);
	const link = await connected(card);
	const chen = phoneIn(link, running.corner.grid);
	expect(await chen.knock(people.chen)).toBe('convener');
	expect(must(chen.challenge).relay).toBe(card.relay);
	link.close();
	await eventually(() => expect(counts).toEqual([1, 0]));
});

test('[DIRECT-3] a proof that names another host is none', async () => {
	const running = await foundedCorner();
	const { card } = await openCourtyard(running);
	const chen = phoneIn(await connected(card), running.corner.grid);
	expect(await chen.knock(people.chen, { host: '00'.repeat(32) })).toBe(4403);
});

test('[DIRECT-3] [DIRECT-1] stock y-websocket providers converge over it, also on a text of 300 kB', async () => {
	const running = await cornerWithDraft();
	const { card } = await openCourtyard(running);
	const chen = draftOver(await connected(card), running.room, people.chen);
	const wang = draftOver(await connected(card), running.room, people.wang);
	const long = '加装电梯的方案。'.repeat(12_500);
	chen.text.insert(0, long);
	await eventually(() => expect(wang.text.length).toBe(long.length));
	wang.text.insert(0, '先问一楼：');
	await eventually(() => expect(chen.text.toString()).toBe(`先问一楼：${long}`));
	expect(chen.stored.length).toBeGreaterThan(0);
});

test('[DIRECT-3] twenty phones come at once', async () => {
	const running = await foundedCorner();
	const { card, listener } = await openCourtyard(running);
	const links = await Promise.all(Array.from({ length: 20 }, () => connected(card)));
	const roles = links.map((link) => phoneIn(link, running.corner.grid).knock(people.chen));
	expect(new Set(await Promise.all(roles))).toEqual(new Set(['convener']));
	expect(listener.count).toBe(20);
});

test('[DIRECT-4] a laptop with another certificate is refused', async () => {
	const { card } = await openCourtyard(await startRelay());
	// With which words: a browser's to say, for the library may skip a state (direct.e2e).
	expect(await dial({ ...card, fingerprint: '00'.repeat(32) })).toMatchObject({ ok: false });
});

test('[DIRECT-4] where nobody answers, and when the caller wants no more, dialing ends', async () => {
	const card = { ...(await openCourtyard(await startRelay())).card, port: await freePort() };
	const unreachable = { ok: false, error: 'relay-unreachable' };
	expect(await dial(card, { patience: 200 })).toEqual(unreachable);
	const ending = new AbortController();
	const dialing = dial(card, { signal: ending.signal });
	ending.abort();
	expect(await dialing).toEqual(unreachable);
});

test('[DIRECT-6] a phone hears with which code it is sent away, and another room of it goes on', async () => {
	const running = await cornerWithWang();
	const { card } = await openCourtyard(running);
	const link = await connected(card);
	const wang = phoneIn(link, running.corner.grid);
	await wang.logIn(people.wang);
	expect(await phoneIn(link, 'no room').closeCode()).toBe(4404);
	expect(await phoneIn(link, NOBODYS_ROOM).knock(people.wang)).toBe(4503);
	expect(await phoneIn(link, running.corner.grid).knock(people.zhang)).toBe(4403);
	await answersBeat(wang);
});

test('[DIRECT-6] while the relay rests a phone waits with what it has, and nothing is lost', async () => {
	const sizes: number[] = [];
	const { card, socket } = await courtyardOfOneSocket((frame) => sizes.push(frame.length));
	const phone = (await connected(card)).socket(NOBODYS_ROOM);
	await eventually(() => expect(phone.readyState).toBe(1));
	socket().pause();
	await eventually(() => {
		phone.send(new Uint8Array(1));
		expect(phone.bufferedAmount, 'what waits once the phone has heard that it shall rest').toBeGreaterThan(0);
	});
	for (let count = 0; count < 20; count++) phone.send(new Uint8Array(MIB + count));
	await eventually(async () => {
		const before = phone.bufferedAmount;
		await pause(200);
		expect(phone.bufferedAmount).toBe(before);
	});
	expect(phone.bufferedAmount).toBeGreaterThan(10 * MIB);
	expect(sizes).toEqual([]);
	socket().resume();
	const large = () => sizes.filter((size) => size >= MIB);
	await eventually(() => expect(large()).toEqual(Array.from({ length: 20 }, (_, count) => MIB + count)));
	expect(phone.bufferedAmount).toBe(0);
});

test('[DIRECT-6] a phone that goes on sending while it must rest is sent away', async () => {
	const { card, socket } = await courtyardOfOneSocket(() => {});
	const { channel, heard } = await rawChannel(card, NOBODYS_ROOM);
	socket().pause();
	const full = new Uint8Array(CHUNK).fill(1, 0, 1);
	for (let sent = 0; sent <= 9 * MIB; sent += CHUNK) channel.send(full);
	await eventually(() => expect(heard.at(-1)).toEqual(encodeSignal({ t: 'close', code: 4529 })));
	expect(socket().isOpen).toBe(false);
});

test.each([
	['of no kind', Uint8Array.of(99)],
	['empty', new Uint8Array()],
	['not full and not the last', new Uint8Array(100)],
	['only the relay may say', encodeSignal({ t: 'hello', version: 1 })],
])('[DIRECT-2] a chunk that is %s ends its own room and no other', async (_, chunk) => {
	const running = await foundedCorner();
	const { card } = await openCourtyard(running);
	const chen = phoneIn(await connected(card), running.corner.grid);
	await chen.logIn(people.chen);
	const { channel, heard } = await rawChannel(card, running.corner.grid);
	channel.send(chunk as Uint8Array<ArrayBuffer>);
	await eventually(() => expect(heard.at(-1)).toEqual(encodeSignal({ t: 'close', code: 4400 })));
	await answersBeat(chen);
	expect(running.faults).toEqual([]);
});

test('[DIRECT-8] after a restart the relay has the same certificate, and phones come back by themselves', async () => {
	const running = await foundedCorner();
	await running.stop();
	const port = await freePort();
	const card = cardOf(running, readCertificate(running.dataDir), port);
	const laptop = await startLaptop(running, port);
	const statuses = trunkStatuses(card, running.corner.grid);
	await eventually(() => expect(statuses.at(-1)).toBe('open'));
	await laptop.kill();
	await eventually(() => expect(statuses.at(-1)).toBe('lost'), 15_000);
	await startLaptop(running, port);
	await eventually(() => expect(statuses.at(-1)).toBe('open'), 15_000);
	expect(readCertificate(running.dataDir).fingerprint).toBe(card.fingerprint);
});

/** The courtyard's own process on the data of a relay that has ended. */
async function startLaptop({ dataDir }: RunningRelay, port: number): Promise<SpawnedRelay> {
	const place = { UDP_PORT: String(port), UDP_HOST: '127.0.0.1', OPEN: 'off' };
	const laptop = await spawnRelay(dataDir, { ...place, FOUNDING: 'enrolled' }, COURTYARD_MAIN);
	onTestFinished(() => laptop.kill());
	return laptop;
}

/** A courtyard without a relay behind it: one socket, which the test holds, and what it hears. */
async function courtyardOfOneSocket(hear: (frame: Uint8Array) => void) {
	const sockets: RelaySocket[] = [];
	const nothing = () => {};
	const received = (socket: RelaySocket) => {
		socket.listen({ frame: hear, noFrame: nothing, alive: nothing, ended: nothing });
		sockets.push(socket);
	};
	const { card } = await openCourtyard(await startRelay(), { received });
	return { card, socket: () => must(sockets[0]) };
}

/** What a phone's own connection says of itself, which dials anew whenever it is lost. */
function trunkStatuses(card: RelayCard, grid: GridId): readonly TrunkStatus[] {
	const statuses: TrunkStatus[] = [];
	const credentials = {
		...{ grid, key: people.chen.key, founding: undefined },
		sign: (message: Uint8Array) => Promise.resolve(people.chen.sign(message)),
		introduction: () => Promise.resolve([]),
		accepts: () => Promise.resolve(true),
	};
	const connection = new TrunkConnection(() => dial(card), credentials, {
		status: (status) => statuses.push(status),
		message: () => {},
		draft: () => {},
	});
	onTestFinished(() => connection.close());
	connection.connect();
	return statuses;
}
