import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { HeldRecord } from '#core/ledger/record.ts';
import { CornerDatabase } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { Arrivals, AT_ONCE } from '#lib/session/sync/arrivals.ts';
import { Holder } from '../../support/admission.ts';
import { GeneratedLedger } from '../../support/ledger-generator.ts';

const message = (...wires: readonly Uint8Array[]) => ({ t: 'records', scope: null, wires }) as const;

test('[SYNC-2] the signatures of the next messages are checked while the last ones are stored', async () => {
	const asked: number[] = [];
	const read = (wires: readonly Uint8Array[]): Promise<readonly HeldRecord[]> => {
		asked.push(...wires.map(([number = 0]) => number));
		return Promise.resolve([]);
	};
	const arrivals = new Arrivals({ read });
	const numbers = Array.from({ length: 3 * AT_ONCE + 2 }, (_, index) => index + 1);
	for (const number of numbers) arrivals.add(message(Uint8Array.of(number)));
	expect(arrivals.take()?.messages).toHaveLength(AT_ONCE);
	expect(asked).toEqual(numbers.slice(0, 2 * AT_ONCE));
	for (const size of [AT_ONCE, AT_ONCE, 2]) expect(arrivals.take()?.messages).toHaveLength(size);
	expect(asked).toEqual(numbers);
	expect(arrivals.take()).toBeUndefined();
});

test('[SYNC-2] what comes in many messages is what one holder admits, and is stored', async () => {
	const world = new GeneratedLedger(7, 80);
	const holder = new Holder(world.grid);
	const wires = [...world.random.shuffled(world.invalid), ...world.wires, ...world.invalid];
	holder.offerAll(wires);
	const store = new LedgerStore(new CornerDatabase('arrivals'), world.grid);
	const copy = new CornerCopy(store);
	const arrivals = new Arrivals(copy);
	for (let start = 0; start < wires.length; start += 5) arrivals.add(message(...wires.slice(start, start + 5)));
	for (let next = arrivals.take(); next; next = arrivals.take()) {
		await copy.admit(await next.records);
		expect(await store.recordsAfter(0)).toHaveLength(copy.ledger.size);
	}
	expect(copy.ledger.idsOf(null)).toEqual(holder.ledger.idsOf(null));
});

test('[SYNC-2] a platform that fails to check is heard of by whoever takes the records, and by nobody before', async () => {
	const arrivals = new Arrivals({ read: () => Promise.reject(new Error('no chunk')) });
	for (let count = 0; count < 2 * AT_ONCE; count++) arrivals.add(message());
	arrivals.take();
	await new Promise((resolve) => setTimeout(resolve));
	await expect(arrivals.take()?.records).rejects.toThrow('no chunk');
});
