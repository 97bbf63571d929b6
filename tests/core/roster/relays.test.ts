import { expect, test } from 'vitest';
import { addRelay, endRelay } from '#core/roster/device-acts.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import { isLetGo } from '#core/roster/relays.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Holder } from '../../support/admission.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const FINGERPRINT = new Uint8Array(32);

/** A council, and a relay that stands in the office. */
function councilWithRelay() {
	const { corner, convener, as } = new Council('relays');
	const { key } = corner.deviceFor('社区办公室电脑');
	const takeOn = () =>
		corner.act(convener, (composer) => addRelay(composer, as, { key, name: '办公室', fingerprint: FINGERPRINT }));
	const letGo = (relay: ReturnType<typeof takeOn>, by: Person = convener, office = as) =>
		corner.act(by, (composer) => endRelay(composer, office, relay));
	const said = () => ({ letGo: isLetGo(corner.standing.view, key), carrying: corner.roster.relays.length });
	return { corner, convener, as, key, takeOn, letGo, said };
}

test('[GONE-1] a relay is let go by its ending, carries again when it is taken on again, and one never named is not judged', () => {
	const { takeOn, letGo, said } = councilWithRelay();
	expect(said()).toEqual({ letGo: false, carrying: 0 });
	const first = takeOn();
	expect(said()).toEqual({ letGo: false, carrying: 1 });
	letGo(first);
	expect(said()).toEqual({ letGo: true, carrying: 0 });
	const again = takeOn();
	expect(said()).toEqual({ letGo: false, carrying: 1 });
	letGo(again);
	expect(said()).toEqual({ letGo: true, carrying: 0 });
});

test('[GONE-1] an ending that has no weight lets nobody go', () => {
	const { corner, convener, as, takeOn, letGo, said } = councilWithRelay();
	const thief = corner.welcome('孙主任', '1号楼', 'registrar');
	letGo(takeOn(), thief, corner.grantOf('registrar', thief));
	expect(said()).toEqual({ letGo: true, carrying: 0 });
	const target = corner.authorityOf(thief);
	corner.act(convener, (composer) =>
		endRight(
			composer,
			{ under: 'office', as: must(as) },
			{ type: 'device.revoke', target, cuts: [], reason: 'stolen' },
		),
	);
	expect(said()).toEqual({ letGo: false, carrying: 1 });
});

test('[GONE-4] what introduces a relay that was let go is enough to know so, for somebody who has nothing', () => {
	const { corner, key, takeOn, letGo } = councilWithRelay();
	letGo(takeOn());
	const holder = new Holder(corner.grid);
	const wires = introductionOf(corner.ledger, key);
	expect(wires.map((wire) => holder.offer(wire))).toEqual(wires.map(() => 'accept'));
	expect(holder.ledger.ofType('relay.end').length).toBe(1);
});
