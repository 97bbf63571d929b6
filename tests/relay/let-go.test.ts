import 'fake-indexeddb/auto';
import { expect, onTestFinished, test } from 'vitest';
import { ok } from '#core/kernel/result.ts';
import type { RecordId } from '#core/kernel/ids.ts';
import { addRelay, endRelay } from '#core/roster/device-acts.ts';
import { CornerDatabase, type CornerRow } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { relayStanding } from '#lib/session/sync/relay-standing.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import { TrunkSync } from '#lib/session/sync/trunk-sync.ts';
import { must } from '../support/must.ts';
import { page } from '../support/page.ts';
import { connect } from '../support/relay-client.ts';
import type { Act, RelayPerson } from '../support/relay-people.ts';
import { cornerWithWang, loggedIn, people } from '../support/relay-fixtures.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { eventually } from '../support/wait.ts';

type Running = Awaited<ReturnType<typeof cornerThatTookRelayOn>>;
type Phone = Awaited<ReturnType<typeof phoneOf>>;
let databases = 0;

test('[GONE-2] a connected phone hears of the ending from that very relay, keeps it, says so, and tells it nothing more', async () => {
	const running = await cornerThatTookRelayOn();
	const wang = await phoneOf(running, people.wang);
	const { statuses, sync } = await open(running, wang);
	await eventually(() => expect(statuses).toEqual(['connecting', 'open']));
	const ending = running.letGo();
	await running.chen.bring(ending);
	await eventually(() => expect(statuses).toEqual(['connecting', 'open', 'relay-ended']));
	expect((await wang.store.recordsAfter(0)).map(({ id }) => id)).toContain(ending.ids[0]);

	await eventually(() => expect(running.network.isIdle).toBe(true));
	const { sent } = running.network;
	const topic = await keepOwn(wang, running.corner.topic(people.wang));
	sync.offer(await wang.store.outbox());
	page.dispatchEvent(new Event('online'));
	page.dispatchEvent(new Event('visibilitychange'));
	expect(await unsentOn(wang)).toContain(topic);
	expect(statuses.at(-1)).toBe('relay-ended');
	expect(running.network.sent).toBe(sent);
});

test('[GONE-3] after a restart a phone that knows does not dial, until the person asks', async () => {
	const running = await cornerThatTookRelayOn();
	const wang = await phoneOf(running, people.wang);
	const before = await open(running, wang);
	await eventually(() => expect(before.statuses.at(-1)).toBe('open'));
	await running.chen.bring(running.letGo());
	await eventually(() => expect(before.statuses.at(-1)).toBe('relay-ended'));
	before.sync.close();
	await eventually(() => expect(running.network.isIdle).toBe(true));

	const { sent } = running.network;
	const { statuses, sync } = await open(running, await reopened(running, wang));
	await eventually(() => expect(statuses).toEqual(['relay-ended']));
	page.dispatchEvent(new Event('online'));
	expect(running.network.sent).toBe(sent);
	sync.reconnectNow();
	await eventually(() => expect(statuses).toEqual(['relay-ended', 'connecting', 'relay-ended']));
});

test('[GONE-4] a phone that was away learns it from what the relay shows, before it proves or sends anything', async () => {
	const running = await cornerThatTookRelayOn();
	const wang = await phoneOf(running, people.wang);
	const topic = await keepOwn(wang, running.corner.topic(people.wang));
	const ending = running.letGo();
	await running.chen.bring(ending);
	const { statuses } = await open(running, wang);
	await eventually(() => expect(statuses).toEqual(['connecting', 'relay-ended']));
	expect(wang.copy.ledger.has(must(ending.ids[0]))).toBe(true);
	expect(await unsentOn(wang)).toContain(topic);
	expect(await heldBy(running)).not.toContain(topic);
});

test('[GONE-4] a relay that was let go still hands out what it holds to whoever logs in', async () => {
	const running = await cornerThatTookRelayOn();
	const ending = running.letGo();
	await running.chen.bring(ending);
	const wang = await loggedIn(running.host, running.corner.grid, people.wang);
	wang.say({ t: 'want', scope: null, ids: [must(ending.ids[0]), must(running.taken.ids[0])] });
	await eventually(() => expect(wang.wires.length).toBe(2));
});

test('[GONE-5] who signed the ending without a network hands over that and nothing else, and stops', async () => {
	const running = await cornerThatTookRelayOn();
	const chen = await phoneOf(running, people.chen);
	const topic = await keepOwn(chen, running.corner.topic(people.chen));
	const ending = await keepOwn(chen, running.letGo());
	await chen.store.rememberRelay(running.key);
	const { statuses } = await open(running, await reopened(running, chen));
	await eventually(() => expect(statuses).toEqual(['connecting', 'open', 'relay-ended']));
	const held = await heldBy(running);
	expect(held).toContain(ending);
	expect(held).not.toContain(topic);
	const unsent = await unsentOn(chen);
	expect(unsent).toContain(topic);
	expect(unsent).not.toContain(ending);
});

test('[GONE-2] a relay that is taken on again is spoken to again, also when it is the one to say so', async () => {
	const running = await cornerThatTookRelayOn();
	const [wang, chen] = [await phoneOf(running, people.wang), await phoneOf(running, people.chen)];
	const topic = await keepOwn(wang, running.corner.topic(people.wang));
	await running.chen.bring(running.letGo());
	const [atWang, atChen] = [await open(running, wang), await open(running, chen)];
	await eventually(() => expect([atWang, atChen].map(({ statuses }) => statuses.at(-1))).toEqual(ENDED));

	await keepOwn(chen, running.takeOn());
	atChen.sync.offer(await chen.store.outbox());
	await eventually(async () => expect(await unsentOn(chen)).toEqual([]));
	expect(atWang.statuses.at(-1)).toBe('relay-ended');
	atWang.sync.reconnectNow();
	await eventually(async () => expect(await unsentOn(wang)).toEqual([]));
	expect(await heldBy(running)).toContain(topic);
});

const ENDED: readonly TrunkStatus[] = ['relay-ended', 'relay-ended'];

/** A relay, the corner that took it on, and a network before it. Nobody knows yet what Chen writes from here on. */
async function cornerThatTookRelayOn() {
	const running = await cornerWithWang();
	const key = must((await connect(running.host, running.corner.grid)).challenge).relay;
	const relay = { key, name: '办公室', fingerprint: new Uint8Array(32) };
	const takeOn = () => running.corner.act(people.chen, (composer, as) => void addRelay(composer, as, relay));
	const taken = takeOn();
	const letGo = () =>
		running.corner.act(people.chen, (composer, as) => void endRelay(composer, as, must(taken.ids[0])));
	await running.chen.bring(taken);
	const network = new TcpProxy();
	const port = await network.listen(Number(running.host.split(':')[1]));
	onTestFinished(() => network.close());
	return { ...running, key, taken, takeOn, letGo, network, url: `ws://127.0.0.1:${port}/sync` };
}

/** Somebody's phone, which holds the corner as it is now. */
async function phoneOf({ corner }: Running, person: RelayPerson) {
	const database = new CornerDatabase(`let-go-${++databases}`);
	onTestFinished(() => database.close());
	await database.corners.add({ grid: corner.grid, name: '', key: person.key, since: 0 } as unknown as CornerRow);
	const store = new LedgerStore(database, corner.grid);
	const copy = new CornerCopy(store);
	await copy.receive(corner.story.records.map(({ wire }) => wire));
	return { person, database, store, copy };
}

/** The same phone after a restart: only what the disk holds. */
async function reopened({ corner }: Running, { person, database }: Phone): Promise<Phone> {
	const store = new LedgerStore(database, corner.grid);
	const copy = new CornerCopy(store);
	await copy.refresh();
	return { person, database, store, copy };
}

/** Opens the app on this phone. */
async function open({ url, corner }: Running, { person, database, store, copy }: Phone) {
	const statuses: TrunkStatus[] = [];
	const credentials = {
		...{ grid: corner.grid, key: person.key, founding: undefined },
		sign: (message: Uint8Array) => Promise.resolve(person.sign(message)),
		introduction: () => Promise.resolve([]),
	};
	const nothing = () => {};
	const notes = { status: (now: TrunkStatus) => statuses.push(now), inStep: nothing, fetching: nothing };
	const relay = relayStanding(copy, store, (await database.corners.get(corner.grid))?.relay);
	const sync = new TrunkSync(async () => ok(webSocketLine(url)), credentials, { copy, store, relay }, notes);
	onTestFinished(() => sync.close());
	return { statuses, sync };
}

/** Stored on the phone of whoever wrote it, and unsent. */
async function keepOwn({ copy }: Phone, { ids, wires, blobs }: Act): Promise<RecordId> {
	const records = ids.map((id, index) => ({ id, wire: must(wires[index]) }));
	await copy.addOwn(records, blobs);
	return must(ids[0]);
}

const unsentOn = async ({ store }: Phone) => (await store.outbox()).map(({ id }) => id);

const heldBy = async ({ store, corner }: Running) => (await store.readRecords(corner.grid)).map(({ id }) => id);
