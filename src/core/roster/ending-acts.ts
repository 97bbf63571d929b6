import { encodeCbor } from '../kernel/cbor.ts';
import type { RecordId } from '../kernel/ids.ts';
import type { Composer } from '../ledger/composer.ts';
import type { Capacity } from './ending-rules.ts';
import { cutListField, type Cut, type EndReason, type REVOCATION_TYPES } from './records.ts';

/** More than these go into a blob (LEDGER 3.4). */
const MAX_CUTS_IN_RECORD = 100;

export interface EndingPlan {
	readonly type: (typeof REVOCATION_TYPES)[number];
	/** The `device.add`, `member.add` or `role.grant`. */
	readonly target: RecordId;
	/** Up to where what was written still stands. */
	readonly cuts: readonly Cut[];
	readonly reason: EndReason;
}

/** Takes a right away; what its `cuts` do not spare loses its weight. */
export function endRight(composer: Composer, capacity: Capacity, plan: EndingPlan): RecordId {
	const { type, target, cuts, reason } = plan;
	const short = cuts.length <= MAX_CUTS_IN_RECORD;
	const spared = short ? { cuts } : { cuts: [], cutList: composer.blob(encodeCbor(cutListField.encode(cuts))) };
	return composer.add(type, { ...actIn(composer, capacity), target, ...spared, reason });
}

/** A founder's yes to the ending of a convener or reviewer, or anybody's to a device that wants one. */
export function approveRecord(composer: Composer, capacity: Capacity, target: RecordId): RecordId {
	return composer.add('cosign', { ...actIn(composer, capacity), target, kind: 'approve' });
}

/** With the founder's own key the record cites genesis and no grant. */
function actIn(composer: Composer, capacity: Capacity): { readonly as?: RecordId } {
	if (capacity.under === 'founder') composer.actAsFounder();
	return capacity.under === 'office' ? { as: capacity.as } : {};
}
