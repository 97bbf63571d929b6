import 'fake-indexeddb/auto';
import { expect, onTestFinished, test } from 'vitest';
import { ok } from '#core/kernel/result.ts';
import type { RecordId } from '#core/kernel/ids.ts';
import { blobHash, encodeTextBlob } from '#core/ledger/blobs.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { CornerDatabase } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';
import { BlobTransfer } from '#lib/session/sync/blob-transfer.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { relayStanding } from '#lib/session/sync/relay-standing.ts';
import { webSocketLine } from '#lib/adapters/web-socket-line.ts';
import { TrunkSync } from '#lib/session/sync/trunk-sync.ts';
import '../support/page.ts';
import type { RelayClient } from '../support/relay-client.ts';
import type { RelayCorner } from '../support/relay-people.ts';
import { cornerWithWang, foundedCorner, loggedIn, people } from '../support/relay-fixtures.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { eventually } from '../support/wait.ts';

const CHUNKS = 5;
let databases = 0;

test('[RELAY-49] an upload goes on after a cut where the relay holds it, and not from the beginning', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { bytes, hash, act } = picture(corner);
	chen.offer(act.wires);
	await chen.ledgerMessage((message) => message.t === 'want-blobs' && message.hashes.includes(hash));
	for (const chunk of chunksOf(bytes).slice(0, 3)) chen.say(chunk);
	await heardBy(chen);
	chen.end();

	const again = await loggedIn(host, corner.grid, people.chen);
	again.say({ t: 'offer-blobs', hashes: [hash] });
	expect(await again.ledgerMessage(({ t }) => t === 'want-rest')).toEqual({
		...{ t: 'want-rest', hash, offset: 3 * BATCH.chunk },
	});
	for (const chunk of chunksOf(bytes).slice(3)) again.say(chunk);
	await again.ledgerMessage((message) => message.t === 'blob-ack' && message.hash === hash && message.verdict === '');
});

test('[RELAY-49] a download goes on where the device holds it', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { bytes, hash, act } = picture(corner);
	await chen.bring(act);
	const again = await loggedIn(host, corner.grid, people.chen);
	again.say({ t: 'want-rest', hash, offset: 3 * BATCH.chunk });
	await eventually(() => expect(chunksHeard(again)).toEqual([3 * BATCH.chunk, 4 * BATCH.chunk]));
	expect(bytes.length).toBe(CHUNKS * BATCH.chunk);
});

test('[RELAY-49] pieces belong to the device that sends them: nobody spoils another upload, and wrong bytes are dropped', async () => {
	const { host, corner, chen } = await cornerWithWang();
	const wang = await loggedIn(host, corner.grid, people.wang);
	const { bytes, hash, act } = picture(corner);
	chen.offer(act.wires);
	await chen.verdictOn(act.ids[0] as RecordId, '');
	const [first, ...rest] = chunksOf(bytes);
	if (first?.t !== 'chunk') throw new Error('A picture has chunks');
	chen.say(first);
	await heardBy(chen);
	wang.say({ ...first, bytes: new Uint8Array(BATCH.chunk).fill(9) });
	for (const chunk of rest) wang.say(chunk);
	await wang.ledgerMessage((message) => message.t === 'blob-ack' && message.verdict === 'blob-hash-wrong');
	wang.say({ t: 'offer-blobs', hashes: [hash] });
	await wang.ledgerMessage((message) => message.t === 'want-blobs' && message.hashes.includes(hash));
	for (const chunk of rest) chen.say(chunk);
	await chen.ledgerMessage((message) => message.t === 'blob-ack' && message.hash === hash && message.verdict === '');
});

test('[RELAY-50] a blob whose record the relay puts off is not refused: it waits on the device, and goes when the record went', async () => {
	const { corner, chen } = await foundedCorner();
	const topic = corner.topic(people.chen);
	const text = corner.act(people.chen, (composer, as) => {
		const blob = composer.blob(encodeTextBlob('方案'));
		if (as)
			composer.add('text.freeze', { as, topic: topic.ids[0] as RecordId, blob, snapshot: 'ab'.repeat(32), after: [] });
	});
	const hash = blobHash(text.blobs[0] as Uint8Array);
	const { copy } = emptyDevice(corner);
	await copy.receive(corner.story.records.map(({ wire }) => wire));
	await copy.receiveBlob(text.blobs[0] as Uint8Array);
	const transfer = new BlobTransfer(copy, channelTo(chen));
	const unsent = [
		{ id: text.ids[0] as RecordId, grid: corner.grid, kind: 'record' },
		{ id: hash, grid: corner.grid, kind: 'blob' },
	] as const;

	chen.offer(text.wires);
	expect(await chen.verdictOn(text.ids[0] as RecordId)).toBe('later');
	transfer.offer(unsent);
	await heardBy(chen);
	expect(chen.ledger.filter((message) => message.t === 'blob-ack')).toHaveLength(corner.founding.blobs.length);

	await chen.bring(topic);
	await chen.verdictOn(text.ids[0] as RecordId, '');
	transfer.offer(unsent.slice(1));
	await chen.ledgerMessage((message) => message.t === 'want-blobs' && message.hashes.includes(hash));
	transfer.send(hash);
	await chen.ledgerMessage((message) => message.t === 'blob-ack' && message.hash === hash && message.verdict === '');
});

test('[RELAY-49] a device keeps what it has of a blob over a cut, and asks for the rest', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { bytes, hash, act } = picture(corner);
	await chen.bring(act);
	const { copy } = emptyDevice(corner);
	await copy.receive(corner.story.records.map(({ wire }) => wire));
	const sent: LedgerMessage[] = [];
	const transfer = new BlobTransfer(copy, { send: (message) => void sent.push(message), sendPaced: () => {} });
	for (const chunk of chunksOf(bytes).slice(0, 2)) if (chunk.t === 'chunk') transfer.receive(chunk);

	transfer.startAgain();
	transfer.fetchMissing([null]);
	const rest = sent.find(({ t }) => t === 'want-rest');
	expect(rest).toEqual({ t: 'want-rest', hash, offset: 2 * BATCH.chunk });
	const again = await loggedIn(host, corner.grid, people.chen);
	if (rest) again.say(rest);
	await eventually(() => expect(chunksHeard(again)).toHaveLength(3));
	for (const message of again.ledger) if (message.t === 'chunk') transfer.receive(message);
	await eventually(() => expect(copy.blob(hash)).toEqual(bytes));
});

test('[RELAY-49] a phone whose network is cut in the middle of 4 MiB sends the rest and not the whole again', async () => {
	const { host, corner, chen } = await foundedCorner();
	const { bytes, hash, act } = picture(corner, 64);
	chen.offer(act.wires);
	await chen.verdictOn(act.ids[0] as RecordId, '');
	const proxy = new TcpProxy();
	const port = await proxy.listen(Number(host.split(':')[1]));
	onTestFinished(() => proxy.close());
	proxy.cutAfter(bytes.length / 2);

	const sync = await syncOf(corner, bytes, `ws://127.0.0.1:${port}/sync`);
	await eventually(() => expect(sync.statuses.at(-1)).toBe('lost'));
	proxy.heal();
	sync.reconnectNow();
	await eventually(async () => expect(await sync.store.outbox()).toEqual([]));
	expect(proxy.sent).toBeLessThan(bytes.length * 1.4);
	expect(proxy.sent).toBeGreaterThan(bytes.length);
	chen.say({ t: 'want-rest', hash, offset: bytes.length - 1 });
	await chen.ledgerMessage((message) => message.t === 'chunk' && message.hash === hash);
}, 20_000);

/** Chen's device, which holds the corner and has this blob to send. */
async function syncOf(corner: RelayCorner, bytes: Uint8Array, url: string) {
	const { copy, store } = emptyDevice(corner);
	await copy.receive(corner.story.records.map(({ wire }) => wire));
	await copy.addOwn([], [bytes]);
	const statuses: TrunkStatus[] = [];
	const credentials = {
		...{ grid: corner.grid, key: people.chen.key, founding: undefined },
		sign: (message: Uint8Array) => Promise.resolve(people.chen.sign(message)),
		introduction: () => Promise.resolve([]),
	};
	const nothing = () => {};
	const notes = { status: (now: TrunkStatus) => statuses.push(now), inStep: nothing, fetching: nothing };
	const sync = new TrunkSync(
		async () => ok(webSocketLine(url)),
		credentials,
		{ copy, store, relay: relayStanding(copy, store, undefined) },
		notes,
	);
	onTestFinished(() => sync.close());
	return { store, statuses, reconnectNow: () => sync.reconnectNow() };
}

/** A topic whose title is a blob of so many chunks: to a relay a blob is bytes. */
function picture(corner: RelayCorner, chunks = CHUNKS) {
	const bytes = Uint8Array.from({ length: chunks * BATCH.chunk }, (_, index) => (index * 31) % 251);
	const act = corner.act(people.chen, (composer) => {
		const procedure = { id: 'five-step', version: '1', hash: 'f6'.repeat(32) as never };
		composer.add('topic.open', { title: composer.blob(bytes), source: 'resident', procedure });
	});
	return { bytes, act, hash: blobHash(bytes) };
}

function emptyDevice(corner: RelayCorner) {
	const database = new CornerDatabase(`blobs-${++databases}`);
	onTestFinished(() => database.close());
	const store = new LedgerStore(database, corner.grid);
	return { store, copy: new CornerCopy(store) };
}

function channelTo(client: RelayClient) {
	return {
		send: (message: LedgerMessage) => client.say(message),
		sendPaced: (messages: Iterable<LedgerMessage>) => [...messages].forEach((message) => client.say(message)),
	};
}

function chunksOf(bytes: Uint8Array): readonly LedgerMessage[] {
	return Array.from({ length: Math.ceil(bytes.length / BATCH.chunk) }, (_, index) => {
		const offset = index * BATCH.chunk;
		const piece = bytes.slice(offset, offset + BATCH.chunk);
		return { t: 'chunk', hash: blobHash(bytes), offset, size: bytes.length, bytes: piece };
	});
}

/** Everything a client said so far has been heard. */
async function heardBy(client: RelayClient): Promise<void> {
	const before = client.ledger.length;
	client.say({ t: 'hello', scope: null, root: '00'.repeat(32) });
	await eventually(() => expect(client.ledger.slice(before).some(({ t }) => t === 'buckets')).toBe(true));
}

function chunksHeard(client: RelayClient): readonly number[] {
	return client.ledger.flatMap((message) => (message.t === 'chunk' ? [message.offset] : []));
}
