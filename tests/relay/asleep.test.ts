import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { blobHash } from '#core/ledger/blobs.ts';
import { relayStanding } from '#lib/session/sync/relay-standing.ts';
import { must } from '../support/must.ts';
import { cornerWithWang, loggedIn, people } from '../support/relay-fixtures.ts';
import { RelayCorner } from '../support/relay-people.ts';
import { phoneWith, speakTo, type Phone } from '../support/relay-phone.ts';
import { spawnRelay } from '../support/spawn-relay.ts';
import { TcpProxy } from '../support/tcp-proxy.ts';
import { eventually } from '../support/wait.ts';

const HOUR = 3_600_000;
const LONG_TITLE = '加装电梯'.repeat(80_000);

test('[SLEEP-1] a phone that sleeps for an hour in the middle of a download goes on where it was, and sends what it wrote', async () => {
	const { corner, chen, host } = await cornerWithWang();
	const act = corner.topic(people.chen, LONG_TITLE);
	const own = corner.topic(people.wang);
	const wang = await phoneWith(corner, people.wang);
	await chen.bring(act);
	const network = await networkTo(host);
	network.stallAfter(200_000);
	const { statuses, sync } = speakTo(wang, network.host, relayStanding(wang.copy, wang.store, undefined));
	await eventually(() => expect(network.received).toBeGreaterThan(200_000));

	await addOwn(wang, own);
	sleepFor(HOUR);
	await eventually(() => expect(statuses.at(-1)).toBe('lost'));
	network.heal();
	await eventually(() => expect(statuses.at(-1)).toBe('open'));
	sync.offer(await wang.store.outbox());
	await eventually(() => expect(wang.copy.blob(blobHash(must(act.blobs[0])))).toEqual(act.blobs[0]));
	await eventually(async () => expect(await wang.store.outbox()).toEqual([]));
	expect(network.received).toBeLessThan(1.5 * must(act.blobs[0]).length);
}, 20_000);

test('[SLEEP-2] a laptop that sleeps and wakes is missed at once, and afterwards takes what was written meanwhile', async () => {
	const dataDir = mkdtempSync(join(tmpdir(), 'council-corner-asleep-'));
	const laptop = await spawnRelay(dataDir);
	onTestFinished(async () => {
		await laptop.kill();
		rmSync(dataDir, { recursive: true });
	});
	const corner = new RelayCorner(people.chen);
	const founding = must(laptop.foundingCode);
	const chen = await loggedIn(laptop.host, corner.grid, people.chen, { wires: corner.founding.wires, founding });
	await chen.bring(corner.founding);
	const phone = await phoneWith(corner, people.chen);
	const { statuses, sync } = speakTo(phone, laptop.host, relayStanding(phone.copy, phone.store, undefined));
	await eventually(() => expect(statuses.at(-1)).toBe('open'));

	process.kill(must(laptop.pid), 'SIGSTOP');
	await eventually(() => expect(statuses).toContain('lost'));
	await addOwn(phone, corner.topic(people.chen));
	sync.offer(await phone.store.outbox());
	process.kill(must(laptop.pid), 'SIGCONT');
	await eventually(async () => expect(await phone.store.outbox()).toEqual([]), 20_000);
	expect(statuses.at(-1)).toBe('open');
}, 30_000);

async function networkTo(host: string) {
	const network = new TcpProxy();
	const port = await network.listen(Number(host.split(':')[1]));
	onTestFinished(() => network.close());
	return Object.assign(network, { host: `127.0.0.1:${port}` });
}

async function addOwn({ copy }: Phone, { ids, wires, blobs }: ReturnType<RelayCorner['topic']>): Promise<void> {
	await copy.addOwn(
		ids.map((id, index) => ({ id, wire: must(wires[index]) })),
		blobs,
	);
}

/** As a phone that sleeps sees it: no timer ran, and then it is an hour later. */
function sleepFor(ms: number): void {
	const awake = performance.now.bind(performance);
	const clock = vi.spyOn(performance, 'now').mockImplementation(() => awake() + ms);
	onTestFinished(() => clock.mockRestore());
}
