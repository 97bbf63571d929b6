import { expect, test } from 'vitest';
import { entriesOf } from '#core/roster/people.ts';
import { devicesOf, rolesOf } from '#core/roster/selectors.ts';
import { Council } from '../../support/council.ts';

test('[PEOPLE-1] what a list of members shows is what is answered of each alone', () => {
	const council = new Council('people');
	council.secondPhone(council.zhao);
	council.corner.welcome('旁听的', '9号楼', 'observer');
	const { roster } = council.corner;
	const entries = entriesOf(roster);
	expect([...entries.keys()]).toEqual([...roster.members.keys()]);
	for (const [member, { devices, roles, grants }] of entries) {
		expect(devices).toEqual(devicesOf(roster, member));
		expect(roles).toEqual(rolesOf(roster, member));
		expect(grants).toEqual(roster.grants.filter((grant) => grant.member === member));
	}
	expect(entries.get(council.zhao.member)?.devices).toHaveLength(2);
});
