import type { DeviceKey } from '../kernel/ids.ts';
import type { Revocation } from '../validity/cuts.ts';
import type { Standing } from '../validity/standing.ts';
import type { Roster } from './state.ts';

/** PEOPLE-9: endings that a founder has signed, that need more founders, and that this founder's key has not signed. */
export function endingsAwaiting(standing: Standing, { grid }: Roster, key: DeviceKey): readonly Revocation[] {
	if (!grid?.founders.includes(key)) return [];
	const signers = ({ id, by }: Revocation) => [by, ...standing.approvalsOf(id).map((cosign) => cosign.by)];
	return standing.revocations
		.filter((ending) => ending.auth === grid.id && !signers(ending).includes(key))
		.filter((ending) => standing.stands(ending) && !standing.endingsOf(ending.body.target).includes(ending));
}
