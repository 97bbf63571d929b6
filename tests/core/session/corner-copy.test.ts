import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { CornerDatabase } from '#lib/adapters/dexie/database.ts';
import { LedgerStore } from '#lib/adapters/dexie/ledger-store.ts';
import { platformSignsRight, verify } from '#lib/adapters/signer.ts';
import { CornerCopy } from '#lib/session/corner-copy.ts';
import { KNOWN_ANSWER } from '#core/ledger/known-answer.ts';
import { Holder } from '../../support/admission.ts';
import { Council } from '../../support/council.ts';
import { forge, ofNewerRules } from '../../support/forging.ts';
import { GeneratedLedger } from '../../support/ledger-generator.ts';

let databases = 0;

test('[SYNC-1] a device admits and refuses what a holder with OpenSSL does, whatever the order', async () => {
	for (const seed of [1, 2, 3]) {
		const world = new GeneratedLedger(seed, 60);
		const wires = world.random.shuffled([...world.wires, ...world.invalid]);
		const holder = new Holder(world.grid);
		holder.offerAll(wires);
		const store = new LedgerStore(new CornerDatabase(`copy-${++databases}`), world.grid);
		const copy = new CornerCopy(store);
		for (let start = 0; start < wires.length; start += 25) await copy.receive(wires.slice(start, start + 25));
		// A badly signed copy that has to wait takes the place of the good one until that is offered again, as HELLO does.
		await copy.receive(wires);
		const polls = holder.ledger.ofType('poll.open').map(({ id }) => id);
		for (const scope of [null, ...polls]) expect(copy.ledger.idsOf(scope)).toEqual(holder.ledger.idsOf(scope));
		expect(await store.recordsAfter(0)).toHaveLength(holder.ledger.size);
	}
}, 30_000);

test('[SYNC-1] what was refused is named, and what was stored is there when the app opens again', async () => {
	const world = new GeneratedLedger(4, 60);
	const store = new LedgerStore(new CornerDatabase(`copy-${++databases}`), world.grid);
	await new CornerCopy(store).receive(world.wires);
	const again = new CornerCopy(store);
	await again.refresh();
	expect(again.ledger.size).toBe(world.wires.length);
	const { admitted, refused } = await again.receive(world.invalid);
	expect(admitted).toEqual([]);
	expect(refused.length).toBeGreaterThan(0);
});

test('[REC-3] what newer rules say is kept on the device, and said to be there when the app opens again', async () => {
	const council = new Council();
	const { corner, zhao } = council;
	const wires = corner.records.map(({ wire }) => wire);
	const store = new LedgerStore(new CornerDatabase(`copy-${++databases}`), corner.grid);
	const copy = new CornerCopy(store);
	await copy.receive(wires);
	expect(copy.ledger.hasNewerRules).toBe(false);
	const newer = ofNewerRules(zhao.device, forge(corner, zhao.device, 'meeting.open', { meeting: corner.grid }));
	await copy.receive([newer], true);
	const again = new CornerCopy(store);
	await again.refresh();
	expect(again.ledger.hasNewerRules).toBe(true);
	expect(again.ledger.size).toBe(wires.length + 1);
	const [unsent] = await store.outbox();
	expect(again.ledger.held(unsent?.id as RecordId)?.wire).toEqual(newer);
});

test('[SIG-2] WebCrypto gives the same verdicts as OpenSSL on the known answers', async () => {
	expect(await verify(KNOWN_ANSWER.honest)).toBe(true);
	expect(await verify(KNOWN_ANSWER.crafted)).toBe(false);
	expect(await platformSignsRight()).toBe(true);
});
