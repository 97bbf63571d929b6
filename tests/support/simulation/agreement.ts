import { expect } from 'vitest';
import { foldLedger } from '#core/ledger/fold.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseWire } from '#core/ledger/record.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { must } from '../must.ts';
import { blobsIn, digestIn, idsIn } from '../relay-links.ts';
import type { RelayCorner } from '../relay-people.ts';
import { digestOf, type SimulatedDevice } from './device.ts';
import type { SimulatedRelay } from './relay.ts';

/** Who must come to hold the same. */
export interface Held {
	readonly corner: RelayCorner;
	readonly relays: readonly SimulatedRelay[];
	readonly devices: readonly SimulatedDevice[];
	/** Of drafts. */
	readonly rooms: readonly string[];
}

/** Whether every phone has given what it wrote, and all relays hold the same. */
export async function isEqual(held: Held): Promise<boolean> {
	if (!held.devices.every(({ isInStep }) => isInStep)) return false;
	const [first, ...others] = await byRelay(held);
	return must(first).unlike.length === 0 && others.every((other) => JSON.stringify(other) === JSON.stringify(first));
}

/** Fails unless all relays hold the same, fold it to the same, and have all that was ever written. */
export async function expectEqual(held: Held): Promise<void> {
	const [first, ...others] = await byRelay(held);
	for (const other of others) expect(other).toEqual(first);
	expect(must(first).unlike).toEqual([]);
	const states = await Promise.all(held.relays.map((relay) => stateOf(held.corner, relay)));
	expect(new Set(states).size).toBe(1);
	const records = new Set(must(first).records);
	expect([...held.corner.ledger.all()].filter(({ id }) => !records.has(id))).toEqual([]);
}

function byRelay({ corner, relays, devices, rooms }: Held) {
	const read = async (relay: SimulatedRelay) => {
		const drafts = await Promise.all(rooms.map((room) => digestIn(relay, room)));
		const unlike = unlikeOn(devices, new Map(drafts.map((digest, index) => [must(rooms[index]), digest])));
		return { drafts, unlike, records: await idsIn(relay, corner), blobs: await blobsIn(relay, corner) };
	};
	return Promise.all(relays.map(read));
}

/** Drafts that some phone holds otherwise than a relay. */
function unlikeOn(devices: readonly SimulatedDevice[], digests: ReadonlyMap<string, string>): readonly string[] {
	const copies = devices.flatMap(({ drafts }) => [...drafts]);
	return copies.filter(([room, doc]) => digestOf(doc) !== digests.get(room)).map(([room]) => room);
}

async function stateOf({ grid, story }: RelayCorner, { store }: SimulatedRelay): Promise<string> {
	const ledger = new Ledger();
	for (const { wire } of await store.readRecords(grid)) {
		const parsed = parseWire(wire);
		if (parsed.ok) ledger.add(parsed.value);
	}
	return stateHash(foldLedger(ledger, story.blob));
}
