import 'fake-indexeddb/auto';
import { expect, onTestFinished, test } from 'vitest';
import type { BlobHash } from '#core/kernel/ids.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { bytesOver } from '#lib/session/device/keeping-room.ts';
import { makeRoom } from '#lib/session/device/making-room.ts';
import { relayStanding } from '#lib/session/sync/relay-standing.ts';
import { tellElderDayCare } from '../../server/cli/scenario/elder-day-care.ts';
import { StoryClient } from '../../server/cli/scenario/story-client.ts';
import { must } from '../support/must.ts';
import { startRelay } from '../support/relay-fixtures.ts';
import { phoneWith, speakTo, type Phone } from '../support/relay-phone.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { eventually } from '../support/wait.ts';

const EVERYTHING = Number.MAX_SAFE_INTEGER;

test('[DEV-11] what a phone without room gave up no relay brings back, over every comparison, connection and restart', async () => {
	const { phone, open, network, text } = await phoneOfAll();
	const bytes = must(phone.copy.blob(text));
	await giveUp(phone, EVERYTHING);
	expect([phone.copy.blob(text), await heldOn(phone, text)]).toEqual([undefined, undefined]);
	expect(await phone.copy.receiveBlob(bytes)).toBe(false);
	expect(phone.copy.asideCount).toBeGreaterThan(1);

	const received = await quietly(network, async () => {
		for (const { sync } of [open(phone), open(await reopened(phone))]) {
			sync.offer([]);
			sync.compareAgain();
		}
	});
	expect(received).toBeLessThan(1000);
	expect(await heldOn(phone, text)).toBeUndefined();
});

test('[DEV-12] what a page asks for comes back, also when another window asks, and is not given up again', async () => {
	const { phone, sync, text } = await phoneOfAll();
	await giveUp(phone, EVERYTHING);
	const { asideCount } = phone.copy;
	const otherWindow = await reopened(phone);
	otherWindow.copy.wantAgain(text);
	// As the window that leads does when something changed.
	const changed = phone.store.watchLedger(() => void phone.copy.refresh().then(() => sync.offer([])));
	onTestFinished(() => changed.unsubscribe());
	await eventually(async () => expect(await heldOn(phone, text)).toBeDefined());
	await eventually(async () => {
		await otherWindow.copy.refresh();
		expect(otherWindow.copy.blob(text)).toBeDefined();
	});
	await giveUp(phone, EVERYTHING);
	expect(phone.copy.blob(text)).toBeDefined();
	expect(phone.copy.asideCount).toBe(asideCount - 1);
});

test('[DEV-11] no more is given up than is asked for, and nothing that is unsent', async () => {
	const { phone, text } = await phoneOfAll();
	await giveUp(phone, 1);
	expect(phone.copy.asideCount).toBe(1);
	await phone.copy.addOwn([], [must(phone.copy.blob(text))]);
	await giveUp(phone, EVERYTHING);
	expect(phone.copy.blob(text)).toBeDefined();
	await phone.store.setAside([text]);
	expect(await heldOn(phone, text)).toBeDefined();
});

test('[DEV-11] a device is nearly full at nine tenths, and has room again at eight', () => {
	expect(bytesOver({ used: 90, quota: 100 })).toBe(0);
	expect(bytesOver({ used: 95, quota: 100 })).toBe(15);
});

/** A member's phone that has fetched the whole of a corner with one published topic. `text`: the one decided on. */
async function phoneOfAll() {
	const { host } = await startRelay(undefined, { founding: 'open' });
	const { corner } = tellElderDayCare();
	const client = await StoryClient.connect(corner, corner.founder, host);
	await client.offerAll();
	client.close();
	const network = new TcpProxy();
	const port = await network.listen(Number(host.split(':')[1]));
	onTestFinished(() => network.close());
	const phone = await phoneWith({ grid: corner.grid, story: corner }, corner.founder.device);
	const open = ({ copy, store }: Phone) =>
		speakTo({ ...phone, copy, store }, `127.0.0.1:${port}`, relayStanding(copy, store, undefined));
	const { sync } = open(phone);
	await eventually(() => expect(phone.copy.missingBlobs(null)).toEqual([]));
	const text = must(corner.ledger.ofType('text.freeze')[0]).body.blob;
	return { phone, open, sync, network, text };
}

function giveUp({ copy }: Phone, bytes: number): Promise<void> {
	return makeRoom({ copy, ledger: copy.ledger, state: foldLedger(copy.ledger, copy.blob) }, bytes);
}

/** The same phone in another window, or after a restart: only what the disk holds. */
async function reopened(phone: Phone): Promise<Phone> {
	const copy = new CornerCopy(phone.store);
	await copy.refresh();
	return { ...phone, copy };
}

const heldOn = async ({ store }: Phone, hash: BlobHash) => (await store.blobs([hash])).get(hash);

/** How many bytes came until nothing more does. */
async function quietly(network: TcpProxy, work: () => Promise<void>): Promise<number> {
	const before = network.received;
	await work();
	let seen = -1;
	await eventually(async () => {
		const same = seen === network.received;
		seen = network.received;
		await new Promise((resolve) => setTimeout(resolve, 400));
		if (!same || seen === before) throw new Error('Something still comes');
	});
	return seen - before;
}
