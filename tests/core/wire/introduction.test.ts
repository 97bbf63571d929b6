import { expect, test } from 'vitest';
import { introductionOf } from '#core/wire/introduction.ts';
import { INTRODUCTION } from '#core/wire/login-messages.ts';
import { StoryCorner } from '../../../server/cli/scenario/people.ts';
import { Holder } from '../../support/admission.ts';

/** A corner of so many people, of whom each was welcomed by the convener. */
function cornerOf(size: number) {
	const corner = new StoryCorner('东风社区', '陈慧');
	const people = Array.from({ length: size }, (_, n) => corner.welcome(`居民${n}`, '3号楼'));
	return { corner, people };
}

test('[RELAY-43] an introduction is enough for somebody who has nothing, in the order in which it is sent', () => {
	const { corner, people } = cornerOf(3);
	for (const { device } of [corner.founder, ...people]) {
		const holder = new Holder(corner.grid);
		const wires = introductionOf(corner.ledger, device.key);
		expect(wires.map((wire) => holder.offer(wire))).toEqual(wires.map(() => 'accept'));
		expect(wires.length).toBeLessThanOrEqual(INTRODUCTION.records);
	}
});

test('[RELAY-43] it holds nothing of anybody else, and of a stranger nothing at all', () => {
	const { corner, people } = cornerOf(20);
	const [first] = people;
	if (!first) throw new Error('Twenty people were welcomed');
	const wires = introductionOf(corner.ledger, first.device.key);
	expect(wires.length).toBeLessThan(12);
	expect(introductionOf(corner.ledger, corner.deviceFor('过路人').key)).toEqual([]);
});

test('[RELAY-43] who approved a device is shown with it, because some devices stand only by that', () => {
	const { corner, people } = cornerOf(2);
	const [first, second] = people;
	if (!first || !second) throw new Error('Two people were welcomed');
	const device = corner.ledger.ofType('device.add').find(({ body }) => body.key === first.device.key);
	if (!device) throw new Error('Everybody who was welcomed has a device');
	corner.act(second, (composer) => composer.add('cosign', { target: device.id, kind: 'approve' }));
	const [approval] = corner.ledger.ofType('cosign');
	expect(introductionOf(corner.ledger, first.device.key)).toContainEqual(approval?.wire);
	expect(introductionOf(corner.ledger, second.device.key)).not.toContainEqual(approval?.wire);
});
