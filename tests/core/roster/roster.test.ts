import { expect, test } from 'vitest';
import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { RECORD_TYPES } from '#core/ledger/registry.ts';
import { grantRole } from '#core/roster/acts.ts';
import { accessTo, DOCUMENT_KINDS, mayAuthor } from '#core/roster/permissions.ts';
import { OFFICES, outranks, RANK_OF_ROLE, type Role } from '#core/roster/roles.ts';
import { mayAppoint, mayGrantRole, permission } from '#core/roster/rules.ts';
import { deviceOf, grantFor, roleOfKey, rolesOf } from '#core/roster/selectors.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const ROLES = Object.keys(RANK_OF_ROLE) as Role[];

test('[ROS-2] what a connection may do with a document, for every role and kind', () => {
	const table = Object.fromEntries(
		ROLES.map((role) => [role, DOCUMENT_KINDS.map((kind) => accessTo(kind, role)).join(' ')]),
	);
	const writes = 'write write write';
	expect(table).toEqual({
		...{ founder: writes, convener: writes, reviewer: writes, registrar: writes, teller: writes, secretary: writes },
		...{ delegate: writes, chair: writes, member: writes, observer: 'read read read', newcomer: 'read none none' },
	});
});

test('[ROS-2] a key is to a relay what its member is at best; founders and newcomers are known as such', () => {
	const council = new Council();
	const { corner, convener, li, zhao } = council;
	const observer = corner.welcome('旁听的', '9号楼', 'observer');
	const newcomer = corner.deviceFor('新来的');
	corner.join('新来的', '9号楼', newcomer);
	const { roster } = corner.state;
	const keys = [convener.device, li.device, zhao.device, observer.device, newcomer, corner.deviceFor('陌生人')];
	expect(keys.map(({ key }) => roleOfKey(roster, key))).toEqual([
		...(['convener', 'teller', 'member', 'observer', 'newcomer', undefined] as const),
	]);
});

test('[ROS-2] who only observes is offered nothing to write; who has an office beside it is', () => {
	const council = new Council();
	const { corner, convener, as } = council;
	const observer = corner.welcome('旁听的', '9号楼', 'observer');
	const offered = () => RECORD_TYPES.filter((type) => permission(corner.state.roster, observer.member, type).ok);
	expect(offered()).toEqual([]);
	corner.act(convener, (composer) => grantRole(composer, as, observer.member, 'secretary'));
	expect(offered()).toContain('minutes.freeze');
	expect(offered()).toContain('ballot');
	expect(rolesOf(corner.state.roster, observer.member)).toEqual(['secretary', 'member', 'observer']);
});

test('[ROS-1] the grant to cite is one that is held and allows the type', () => {
	const { corner, convener, li, zhao } = new Council();
	const { roster } = corner.state;
	for (const { member } of [convener, li, zhao])
		for (const type of RECORD_TYPES) {
			const may = permission(roster, member, type);
			const grant = may.ok && may.value !== undefined ? corner.ledger.find(may.value, 'role.grant') : undefined;
			if (grant) expect([grant.body.member, mayAuthor(type, grant.body.role)]).toEqual([member, true]);
			else expect(may.ok).toBe(mayAuthor(type, 'member'));
		}
	expect(permission(roster, undefined, 'ballot')).toEqual({ ok: false, error: 'not-permitted' });
});

test('[ROS-3] rank is a strict order: nobody outranks an equal, and nobody is outranked by whom he outranks', () => {
	for (const a of ROLES)
		for (const b of ROLES) {
			expect(outranks(a, b) && outranks(b, a)).toBe(false);
			expect(outranks(a, b)).toBe(RANK_OF_ROLE[a] < RANK_OF_ROLE[b]);
		}
	expect(outranks('convener', 'reviewer')).toBe(false);
	expect(outranks('founder', 'convener')).toBe(true);
});

test('[ROS-3] what a screen offers to grant is what admission would accept', () => {
	const { corner, convener, li } = new Council();
	const offered = (member: typeof li.member) =>
		OFFICES.filter((role) => mayGrantRole(corner.state.roster, member, role).ok);
	expect(offered(convener.member)).toEqual(['registrar', 'teller', 'secretary', 'delegate', 'observer']);
	expect(offered(li.member)).toEqual([]);
	expect(mayGrantRole(corner.state.roster, undefined, 'teller').ok).toBe(false);
});

test('[ROS-1] the roster follows its records: members, devices, grants, and those who wait', () => {
	const council = new Council();
	const { corner, zhao, li, ma } = council;
	const { roster } = corner.state;
	expect(roster.members.size).toBe(7);
	expect([...roster.devices.values()].flat().filter(({ member }) => member === ma)).toEqual([]);
	expect(must(deviceOf(roster, zhao.device.key)).member).toBe(zhao.member);
	expect(rolesOf(roster, li.member)).toEqual(['teller', 'secretary', 'member']);
	expect(grantFor(roster, zhao.member, 'teller')).toBeUndefined();
	corner.join('新来的', '9号楼', corner.deviceFor('新来的'));
	expect(corner.state.roster.newcomers.map(({ key }) => key)).toEqual([corner.deviceFor('新来的').key]);
	expect(corner.state.roster.members.size).toBe(7);
});

test('[ROS-10] a delegate is appointed for a courtyard, everybody else without one', () => {
	const { corner, convener, zhao } = new Council();
	const ask = (...args: readonly [member: string, role: 'delegate' | 'teller', courtyard?: string]) => {
		const [member, role, courtyard] = args;
		const may = mayAppoint(corner.roster, member as MemberId, role, courtyard as RecordId | undefined);
		return may.ok ? 'ok' : may.error;
	};
	expect(ask(convener.member, 'delegate')).toBe('courtyard-needed');
	expect(ask(convener.member, 'delegate', corner.grid)).toBe('ok');
	expect(ask(convener.member, 'teller')).toBe('ok');
	expect(ask(zhao.member, 'delegate', corner.grid)).toBe('not-permitted');
});
