import { expect, test } from 'vitest';
import { fromHex, toHex } from '#core/kernel/ids.ts';
import { forge, idOf, ofNewerRules } from '../support/forging.ts';
import { LIMITS } from '../../server/relay/limits.ts';
import { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import { connect } from '../support/relay-client.ts';
import { cornerWithWang, loggedIn, people } from '../support/relay-fixtures.ts';
import type { RelayCorner } from '../support/relay-people.ts';
import { eventually } from '../support/wait.ts';

test('[REC-3] a relay keeps what newer rules say, tells the others, and still has it after a restart', async () => {
	const { host, corner, chen, restart } = await cornerWithWang();
	const wang = await loggedIn(host, corner.grid, people.wang);
	const wire = ofTheFuture(corner, people.wang);
	wang.offer([wire]);
	expect(await wang.verdictOn(idOf(wire))).toBe('');
	await eventually(() => expect(chen.wires.map(toHex)).toContain(toHex(wire)));

	const again = await loggedIn((await restart()).host, corner.grid, people.chen);
	again.say({ t: 'want', scope: null, ids: [idOf(wire)] });
	await eventually(() => expect(again.wires.map(toHex)).toContain(toHex(wire)));
});

test('[REC-3] a relay takes it from nobody who only joined or only reads, and not as an introduction', async () => {
	const { host, corner, chen } = await cornerWithWang();
	const { act, invite } = corner.invite();
	await chen.bring(act);
	await chen.bring(corner.join(people.zhang, invite));
	await chen.bring(corner.grant(people.wang, 'observer'));
	for (const person of [people.zhang, people.wang]) {
		const client = await loggedIn(host, corner.grid, person);
		const wire = ofTheFuture(corner, person);
		client.offer([wire]);
		expect(await client.verdictOn(idOf(wire))).toBe('not-permitted');
	}
	const wire = ofTheFuture(corner, people.li);
	const stranger = await connect(host, corner.grid);
	expect(await stranger.knock(people.li, { wires: [wire] })).toBe(4403);
	chen.say({ t: 'want', scope: null, ids: [idOf(wire)] });
	chen.offer([ofTheFuture(corner, people.chen)]);
	await chen.verdictOn(idOf(ofTheFuture(corner, people.chen)), '');
	expect(chen.wires.map(toHex)).not.toContain(toHex(wire));
});

test('[REC-3] [RELAY-40] whoever brings it has it counted as its own, under whatever keys it comes', async () => {
	const now = Date.now();
	const { host, corner } = await cornerWithWang(undefined, { now: () => now });
	const wang = await loggedIn(host, corner.grid, people.wang);
	const wires = Array.from({ length: LIMITS.recordsPerMinute + 20 }, (_, index) =>
		ofTheFuture(corner, new SeededKey(`anybody ${index}`)),
	);
	wang.offer(wires);
	const verdicts = await Promise.all(wires.map((wire) => wang.verdictOn(idOf(wire))));
	const taken = verdicts.filter((verdict) => verdict === '').length;
	expect(taken).toBeGreaterThan(LIMITS.recordsPerMinute / 2);
	expect(taken).toBeLessThanOrEqual(LIMITS.recordsPerMinute + 1);
	expect(new Set(verdicts)).toEqual(new Set(['', 'later']));
});

function ofTheFuture({ story }: RelayCorner, device: SeededKey): Uint8Array {
	const like = forge(story, device, 'cosign', { target: story.grid, kind: 'approve' });
	return ofNewerRules(device, like, { 3: 'from.the.future', 4: fromHex(device.key), 10: {} });
}
