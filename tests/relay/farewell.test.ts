import { expect, test } from 'vitest';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseRecord } from '#core/ledger/record.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import { connect } from '../support/relay-client.ts';
import { cornerWithWang, people } from '../support/relay-fixtures.ts';
import { must } from '../support/must.ts';

test('[PEOPLE-10] a device that was ended while it was away is told by what, and then sent away', async () => {
	const { host, corner, chen } = await cornerWithWang();
	const target = must(deviceOf(corner.story.roster, people.wang.key)).add;
	const capacity = { under: 'office', as: must(corner.story.grantOf('convener')) } as const;
	const ending = corner.act(people.chen, (composer) => {
		endRight(composer, capacity, { type: 'device.revoke', target, cuts: [], reason: 'lost' });
	});
	await chen.bring(ending);

	const wang = await connect(host, corner.grid);
	await wang.prove(people.wang);
	expect(await wang.closeCode()).toBe(4403);
	const told = new Ledger();
	for (const wire of wang.wires) {
		const parsed = parseRecord(wire);
		if (parsed.ok) told.add(parsed.value);
	}
	expect(told.has(must(ending.ids[0]))).toBe(true);
	expect(told.has(must(capacity.as))).toBe(true);
	expect(wang.ledger.every(({ t }) => t === 'records')).toBe(true);
});

test('[PEOPLE-10] a key that was never brought in is told nothing', async () => {
	const { host, corner } = await cornerWithWang();
	const stranger = await connect(host, corner.grid);
	await stranger.prove(people.zhang);
	expect(await stranger.closeCode()).toBe(4403);
	expect(stranger.ledger).toEqual([]);
});
