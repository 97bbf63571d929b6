import { expect, test } from 'vitest';
import { mayAuthor, type Author } from '#core/roster/permissions.ts';
import { GRANTABLE_ROLES } from '#core/roster/roles.ts';
import { everybodysRights, officesWithRights } from '#lib/features/roster/rights.ts';
import { roleName } from '#lib/i18n/roles.ts';
import { TYPES_BY_HAND } from '../../support/permission-table.ts';

const OFFICES: readonly Author[] = [
	...GRANTABLE_ROLES.filter((role) => role !== 'observer'),
	'poll-teller',
	'poll-station',
];

test('[ROS-11] the page of rights names for each office exactly what the table lets it do', () => {
	const offices = officesWithRights();
	expect(offices).toHaveLength(OFFICES.length);
	for (const [index, office] of OFFICES.entries()) {
		const shown = [...everybodysRights, ...(offices[index]?.types ?? [])];
		const allowed = TYPES_BY_HAND.filter((type) => mayAuthor(type, office) || mayAuthor(type, 'member'));
		expect(new Set(shown)).toEqual(new Set(allowed));
	}
	expect(offices[0]?.name).toBe(roleName('convener'));
});
