import type { DeviceKey, PollId } from '#core/kernel/ids.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';

/**
 * RELAY-56..57: the ballots that this key cast in votes whose scope it does not follow, and the receipts for them. They
 * are offered at every login: a relay that was restored from a backup gets them back, one that has them sends the
 * receipt. `isKept`: somebody else keeps this scope's ballots, or it is followed.
 */
export function ownElsewhere(
	ledger: Ledger,
	key: DeviceKey,
	isKept: (poll: PollId) => boolean,
): readonly LedgerRecord[] {
	const isElsewhere = ({ scope }: LedgerRecord) => scope !== null && !isKept(scope);
	const ballots = ledger.ofType('ballot').filter((ballot) => ballot.by === key && isElsewhere(ballot));
	const own = new Set(ballots.map(({ id }) => id));
	const receipts = ledger
		.ofType('receipt')
		.filter((receipt) => isElsewhere(receipt) && receipt.body.ids.some((id) => own.has(id)));
	return [...receipts, ...ballots];
}
