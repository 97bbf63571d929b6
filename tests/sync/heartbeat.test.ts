import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readIdentity } from '../../server/relay/identity.ts';
import { EMPTY_BATCH } from '../../server/storage/port.ts';
import { idOf } from '../support/forging.ts';
import { Random } from '../support/random.ts';
import { RelayCorner, RelayPerson } from '../support/relay-people.ts';
import { enrolment } from '../support/relay-vote.ts';
import { SimulatedNetwork } from '../support/simulation/network.ts';
import { SimulatedRelay } from '../support/simulation/relay.ts';
import { pass, stopTime } from '../support/simulation/time.ts';

beforeEach(stopTime);
afterEach(() => void vi.useRealTimers());

test('[LINK-7] a link on which nothing is heard is ended within twenty seconds, and dialed again', async () => {
	const { network, relays } = await twoRelays();
	await pass(10_000, network);
	const links = () => network.open('home', 'yard');
	expect(links()).toBe(1);
	await pass(120_000, network);
	expect(links()).toBe(1);
	network.mute('home', 'yard');
	const dialed = countDials(network);
	await pass(16_000, network);
	expect(dialed()).toBe(0);
	await pass(6000, network);
	expect(dialed()).toBe(1);
	for (const relay of relays) await relay.stop();
});

test('[LINK-7] a relay that cannot be reached is dialed every few seconds, and linked soon after it is there', async () => {
	const { network, relays } = await twoRelays();
	const dialed = countDials(network);
	network.separate('home', 'yard');
	await pass(200_000, network);
	expect(dialed()).toBeGreaterThan(200 / 5);
	expect(dialed()).toBeLessThan(200 / 2);
	network.heal();
	await pass(6000, network);
	expect(network.open('home', 'yard')).toBe(1);
	for (const relay of relays) await relay.stop();
});

test('[LINK-7] a relay that the grid has not taken on is dialed once a minute at most', async () => {
	const { network, relays } = await twoRelays(['yard']);
	await pass(60_000, network);
	const dialed = countDials(network);
	await pass(600_000, network);
	expect(dialed()).toBeGreaterThan(8);
	expect(dialed()).toBeLessThan(22);
	expect(network.open('home', 'yard')).toBe(0);
	for (const relay of relays) await relay.stop();
});

/** A relay in the courtyard that dials the one at home. `taken`: which the grid has taken on. */
async function twoRelays(taken: readonly string[] = ['home', 'yard']) {
	const network = new SimulatedNetwork(new Random(1));
	const corner = new RelayCorner(new RelayPerson('陈慧'));
	const relays = ['home', 'yard'].map((host) => new SimulatedRelay(host, network, new Random(2), 0));
	relays[1]?.peers.push('home');
	const wires = [...corner.founding.wires];
	for (const { host, store } of relays) {
		if (taken.includes(host)) wires.push(...enrolment(corner, (await readIdentity(store)).key).wires);
	}
	const records = wires.map((wire) => ({ grid: corner.grid, scope: null, id: idOf(wire), wire }));
	for (const { store } of relays) await store.commit({ ...EMPTY_BATCH, records });
	for (const relay of relays) await relay.start();
	return { network, relays };
}

/** Answers how often anybody has dialed since. */
function countDials(network: SimulatedNetwork): () => number {
	const dial = vi.spyOn(network, 'dial');
	return () => dial.mock.calls.length;
}
