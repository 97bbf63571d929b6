import type { MemberId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import { rolesOf } from '../roster/selectors.ts';
import { isAssented } from './assent.ts';
import type { Minutes } from './state.ts';

export type CosignRefusal = NotPermitted | 'already-cosigned' | 'minutes-replaced' | 'minutes-approved';
export type ApproveRefusal = NotPermitted | 'assent-missing' | 'minutes-replaced' | 'minutes-approved';

/** MIN-1: any member says yes or no to the version that stands, once. */
export function mayCosignMinutes(
	state: CornerState,
	member: MemberId | undefined,
	minutes: Minutes,
): Result<Permission, CosignRefusal> {
	if (!minutes.current) return err('minutes-replaced');
	if (minutes.approval !== undefined) return err('minutes-approved');
	if (minutes.assents.some((assent) => assent.member === member)) return err('already-cosigned');
	return permission(state.roster, member, 'cosign');
}

/** MIN-2: only once enough others have agreed, one of them a teller. */
export function mayApproveMinutes(
	state: CornerState,
	member: MemberId | undefined,
	minutes: Minutes,
	needed: number,
): Result<Permission, ApproveRefusal> {
	if (!minutes.current) return err('minutes-replaced');
	if (minutes.approval !== undefined) return err('minutes-approved');
	const allowed = permission(state.roster, member, 'minutes.approve');
	if (!allowed.ok) return allowed;
	const all = minutes.assents.map(({ id }) => id);
	const isTeller = (cosigner: MemberId) => rolesOf(state.roster, cosigner).includes('teller');
	return isAssented(isTeller, minutes.assents, all, member, needed) ? ok(allowed.value) : err('assent-missing');
}
