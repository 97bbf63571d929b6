import { expect, test } from 'vitest';
import { fromHex, type DeviceKey } from '#core/kernel/ids.ts';
import { addRelay } from '#core/roster/device-acts.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import { RelayClient } from '../support/relay-client.ts';
import { people, startRelay, type RunningRelay } from '../support/relay-fixtures.ts';
import { RelayCorner, type RelayPerson } from '../support/relay-people.ts';
import { must } from '../support/must.ts';

const enrolling = () => startRelay(undefined, { founding: 'enrolled' });
const pairingOf = async ({ relay }: RunningRelay): Promise<string> => must(await relay.foundingCode());

test('[DIRECT-7] a grid that has taken the relay on is taken in with the code of its screen, which then shows another', async () => {
	const running = await enrolling();
	const corner = cornerThatTakesOn(running.relay.key);
	const pairing = await pairingOf(running);
	expect(await knock(running, corner, people.chen, pairing)).toBe('convener');
	expect(await running.store.readGrids()).toEqual([corner.grid]);
	expect(await pairingOf(running)).not.toBe(pairing);
	expect(await knock(await running.restart(), corner, people.chen)).toBe('convener');
});

test('[DIRECT-7] a second grid is taken in with the next code, and not with a used one', async () => {
	const running = await enrolling();
	const used = await pairingOf(running);
	await knock(running, cornerThatTakesOn(running.relay.key), people.chen, used);
	const other = cornerThatTakesOn(running.relay.key, people.zhang);
	expect(await knock(running, other, people.zhang, used)).toBe(4503);
	expect(await knock(running, other, people.zhang, await pairingOf(running))).toBe('convener');
	expect(await running.store.readGrids()).toHaveLength(2);
});

test.each([
	['that has taken on no relay', () => new RelayCorner(people.chen), people.chen],
	['that has taken on another relay', () => cornerThatTakesOn(people.li.key), people.chen],
	['of which the phone is no member', (relay: DeviceKey) => cornerThatTakesOn(relay), people.wang],
])('[DIRECT-7] a grid %s leaves nothing, and its phone gets nothing', async (_, makeCorner, person) => {
	const running = await enrolling();
	const pairing = await pairingOf(running);
	const corner = makeCorner(running.relay.key);
	const phone = new RelayClient(running.host, corner.grid);
	const wires = introductionOf(corner.ledger, people.chen.key, running.relay.key);
	expect(await phone.knock(person, { wires, founding: pairing })).toBe(4503);
	expect(phone.wires).toEqual([]);
	expect(await running.store.readGrids()).toEqual([]);
	expect(await pairingOf(running)).toBe(pairing);
});

test('[DIRECT-7] without the code of the screen not even a grid that has taken the relay on is taken in', async () => {
	const running = await enrolling();
	const corner = cornerThatTakesOn(running.relay.key);
	expect(await knock(running, corner, people.chen)).toBe(4503);
	expect(await running.store.readGrids()).toEqual([]);
});

function cornerThatTakesOn(key: DeviceKey, convener: RelayPerson = people.chen): RelayCorner {
	const corner = new RelayCorner(convener);
	const relay = { key, name: '院里的中继', fingerprint: fromHex('f2'.repeat(32)) };
	corner.act(convener, (composer, as) => addRelay(composer, as, relay));
	return corner;
}

/** A phone shows what introduces itself, and what introduces the relay. */
function knock({ host, relay }: RunningRelay, corner: RelayCorner, person: RelayPerson, founding?: string) {
	const wires = introductionOf(corner.ledger, person.key, relay.key);
	return new RelayClient(host, corner.grid).knock(person, founding === undefined ? { wires } : { wires, founding });
}
