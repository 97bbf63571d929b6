import { expect, test } from 'vitest';
import { addPlace } from '#core/places/acts.ts';
import { grantRole } from '#core/roster/acts.ts';
import { endingsAwaiting } from '#core/roster/awaited-endings.ts';
import { approveRecord, endRight } from '#core/roster/ending-acts.ts';
import { boundCourtyard, mayChangeCard, mayKeepRoster, permission } from '#core/roster/rules.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import { StoryCorner } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

test('[PEOPLE-3] everybody changes the own card, and who keeps the roster anybody’s', () => {
	const { corner, convener, li, zhao, as } = new Council('keeping');
	const registrar = corner.welcome('孙主任', '1号楼', 'registrar');
	const { roster } = corner;
	for (const { member } of [convener, registrar, li, zhao]) {
		expect(mayChangeCard(roster, member, member).ok).toBe(true);
		const officer = member === convener.member || member === registrar.member;
		expect(mayChangeCard(roster, member, zhao.member).ok).toBe(officer || member === zhao.member);
		expect(mayKeepRoster(roster, member).ok).toBe(officer);
	}
	expect(mayKeepRoster(roster, convener.member)).toEqual({ ok: true, value: as });
	expect(mayKeepRoster(roster, undefined).ok).toBe(false);
});

test('[PEOPLE-3] a delegate brings people into the own courtyard and no other', () => {
	const { corner, convener, zhao, as } = new Council('delegate');
	const courtyard = corner.act(convener, (composer) => addPlace(composer, as, { kind: 'courtyard', name: '3号院' }));
	corner.act(convener, (composer) => grantRole(composer, as, zhao.member, 'delegate', courtyard));
	const allowed = permission(corner.roster, zhao.member, 'invite');
	expect(allowed.ok && boundCourtyard(corner.roster, allowed.value)).toBe(courtyard);
	expect(boundCourtyard(corner.roster, as)).toBeUndefined();
	expect(boundCourtyard(corner.roster, undefined)).toBeUndefined();
});

test('[PEOPLE-9] an ending that needs several founders waits for each that has not signed, until enough have', () => {
	const corner = new StoryCorner('翡翠郡', '王芳', 'founders', 0, ['李建国', '陈玉梅']);
	const cofounder = corner.deviceFor('李建国');
	const outsider = corner.welcome('周明', '3号楼');
	const second = corner.welcome('孙主任', '1号楼');
	const grant = corner.actAsFounder((composer) => grantRole(composer, undefined, second.member, 'convener'));
	const target = must(deviceOf(corner.roster, second.device.key)).add;
	const founder = { under: 'founder', needsQuorum: true } as const;
	const ending = corner.actAsFounder((composer) =>
		endRight(composer, founder, { type: 'device.revoke', target, cuts: [], reason: 'stolen' }),
	);
	const waiting = (key: typeof cofounder.key) =>
		endingsAwaiting(corner.standing, corner.roster, key).map(({ id }) => id);
	expect(corner.standing.currentGrantsOf(second.member).map(({ id }) => id)).toEqual([grant]);
	expect(waiting(cofounder.key)).toEqual([ending]);
	expect(waiting(corner.founder.device.key)).toEqual([]);
	expect(waiting(outsider.device.key)).toEqual([]);

	corner.actUnder(cofounder, corner.grid, (composer) => approveRecord(composer, founder, ending));
	expect(waiting(cofounder.key)).toEqual([]);
	const third = corner.deviceFor('陈玉梅');
	expect(waiting(third.key)).toEqual([ending]);
	corner.actUnder(third, corner.grid, (composer) => approveRecord(composer, founder, ending));
	expect(waiting(third.key)).toEqual([]);
	expect(corner.roster.revoked.map(({ add }) => add)).toEqual([target]);
});
