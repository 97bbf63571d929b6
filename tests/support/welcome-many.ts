import type { RecordId } from '#core/kernel/ids.ts';
import { admitNewcomer } from '#core/roster/acts.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import type { StoryCorner } from '../../server/cli/scenario/people.ts';
import { must } from './must.ts';

/** A device and the record its records cite. */
export interface Phone {
	readonly device: SeededKey;
	readonly auth: RecordId;
}

interface Resident {
	/** Nobody else's. */
	readonly name: string;
	readonly building: string;
}

/** Hundreds join and are admitted by the founder, without folding the roster for each of them. */
export function welcomeMany(corner: StoryCorner, residents: readonly Resident[]): readonly Phone[] {
	const invite = corner.invite(residents.length);
	const own = corner.authorityOf(corner.founder);
	const as = corner.grantOf('convener');
	return residents.map(({ name, building }) => {
		const device = corner.deviceFor(name);
		const join = must(corner.ledger.find(corner.join(name, building, device, invite), 'join'));
		const newcomer = { join: join.id, key: device.key, card: join.body.card, invite: invite.id };
		corner.actUnder(corner.founder.device, own, (composer) => admitNewcomer(composer, as, newcomer, join.body.pop));
		return { device, auth: must(corner.ledger.headOf(corner.founder.device.key, null)).id };
	});
}
