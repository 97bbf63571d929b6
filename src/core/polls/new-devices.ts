import type { RecordId } from '../kernel/ids.ts';
import { authorMember } from '../roster/authorship.ts';
import type { BoxKeeper } from './ballot-box.ts';
import type { Poll } from './state.ts';
import type { CountedBallot } from './tally.ts';

/**
 * POLL-23: ballots from devices that somebody other than their member added, and that the opening does not list. They
 * count; they are shown, because whoever adds a device to another member could vote with it.
 */
export function fromNewDevices(
	{ ledger }: BoxKeeper,
	{ devices = [] }: Poll,
	ballots: readonly CountedBallot[],
): readonly RecordId[] {
	const known = new Set(devices);
	return ballots
		.map(({ id }) => id)
		.filter((id) => {
			const ballot = ledger.find(id, 'ballot');
			const added = ledger.find(ballot?.auth ?? undefined, 'device.add');
			return added && !known.has(added.body.key) && authorMember(ledger, added) !== added.body.member;
		});
}
