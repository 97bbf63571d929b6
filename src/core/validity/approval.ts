import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { authorMember, authorOf, citedGrant } from '../roster/authorship.ts';
import { RANK_OF_ROLE } from '../roster/roles.ts';
import { actingRank } from './acting-rank.ts';
import { chainBehind } from './cuts.ts';
import type { Standing } from './standing.ts';

type DeviceAdd = LedgerRecord<'device.add'>;

/**
 * VALID-6, LEDGER 2: a device that somebody else adds to a member who has one wants an approval, so that no officer can
 * quietly vote as another. The first device comes in with its member; founders and conveners approve by adding.
 */
export function wantsApproval(ledger: LedgerReader, add: DeviceAdd): boolean {
	if (authorMember(ledger, add) === add.body.member) return false;
	return actingRank(ledger, add) > RANK_OF_ROLE.convener && !isFirstDevice(ledger, add);
}

/** What may count as approval of a device: of the member's own, or of a founder or convener. */
export function approvalsOf(standing: Standing, add: DeviceAdd): readonly LedgerRecord<'cosign'>[] {
	const { ledger } = standing;
	const approvals = standing.approvalsOf(add.id);
	return approvals.filter((cosign) => mayApprove(ledger, add, cosign) && !restsOnApproval(ledger, cosign));
}

/**
 * The device by which its member came in: the author of the `member.add` wrote it next for this member. Only the chain
 * behind it is asked, so nobody can later make it second.
 */
function isFirstDevice(ledger: LedgerReader, { prev, by, body }: DeviceAdd): boolean {
	for (const id of chainBehind(ledger, prev, by, null)) {
		if (id === body.member) return true;
		if (ledger.find(id, 'device.add')?.body.member === body.member) return false;
	}
	return false;
}

function mayApprove(ledger: LedgerReader, add: DeviceAdd, cosign: LedgerRecord<'cosign'>): boolean {
	const author = authorOf(ledger, cosign);
	const chairs = author.ok && (author.value === 'founder' || author.value === 'convener');
	return chairs || authorMember(ledger, cosign) === add.body.member;
}

/** A device that came in by approval cannot approve others: two such devices must not vouch for each other. */
function restsOnApproval(ledger: LedgerReader, record: LedgerRecord): boolean {
	if (record.type === 'device.add' && wantsApproval(ledger, record)) return true;
	return groundsOf(ledger, record).some((ground) => restsOnApproval(ledger, ground));
}

/** VALID-3, LEDGER 3.2: what a record's authority rests on. Citing needs an id, so this ends at genesis. */
export function groundsOf(ledger: LedgerReader, record: LedgerRecord): readonly LedgerRecord[] {
	const member = record.type === 'device.add' ? record.body.member : undefined;
	return [record.auth ?? undefined, citedGrant(record), member].flatMap((id) => {
		const ground = id === undefined ? undefined : ledger.get(id);
		return ground ?? [];
	});
}
