import type { MemberId, RecordId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import type { BoxKeeper } from './ballot-box.ts';
import type { Closing, Poll } from './state.ts';

/** A seal that stands: what one station held when its voting ended. */
export interface StandingSeal {
	readonly id: RecordId;
	readonly station: MemberId;
	/** undefined while the blob is not held. */
	readonly list: readonly RecordId[] | undefined;
}

/** POLL-21: a seal stands once another member has countersigned it. */
export function sealsOf({ ledger, blobs }: BoxKeeper, poll: Pick<Poll, 'id'>): readonly StandingSeal[] {
	return ledger
		.citing(poll.id, 'seal')
		.filter((seal) => isCountersigned(ledger, seal))
		.map(({ id, body }) => ({ id, station: body.station, list: decodeIdList<RecordId>(blobs(body.list)) }));
}

/** Seals that stand and that a closing does not cite. */
export function uncitedSeals(keeper: BoxKeeper, poll: Poll, closing: Closing): readonly StandingSeal[] {
	return sealsOf(keeper, poll).filter(({ id }) => !closing.seals.includes(id));
}

/** LEDGER 4.4: stations for which a closing neither cites a seal nor says why there is none. */
export function stationsUnaccounted(keeper: BoxKeeper, poll: Poll, closing: Closing): readonly MemberId[] {
	const sealed = sealsOf(keeper, poll).filter(({ id }) => closing.seals.includes(id));
	const accounted = new Set([...sealed.map(({ station }) => station), ...closing.without.map(([station]) => station)]);
	return poll.stations.filter((station) => !accounted.has(station));
}

function isCountersigned(ledger: LedgerReader, seal: LedgerRecord<'seal'>): boolean {
	const author = authorMember(ledger, seal);
	return ledger
		.citing(seal.id, 'cosign')
		.filter(({ body }) => body.kind === 'seal')
		.map((cosign) => authorMember(ledger, cosign))
		.some((member) => member !== undefined && member !== author);
}
