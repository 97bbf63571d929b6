import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Assent } from './state.ts';

/** The default where a procedure says nothing (LEDGER 2, "Thresholds of assent"). */
export const DEFAULT_ASSENT = 2;

/** Approvals and objections cosigned on one record. */
export function assentsTo(ledger: LedgerReader, target: RecordId): readonly Assent[] {
	return ledger.citing(target, 'cosign').flatMap((cosign) => {
		const member = authorMember(ledger, cosign);
		const { kind } = cosign.body;
		if (member === undefined) return [];
		return kind === 'approve' || kind === 'object' ? [{ id: cosign.id, member, kind }] : [];
	});
}

/** MIN-2: enough distinct members other than the author, one of them a teller; late cosigns have no weight. */
export function isAssented(
	isTeller: (member: MemberId) => boolean,
	assents: readonly Assent[],
	considered: readonly RecordId[],
	author: MemberId | undefined,
	needed: number,
): boolean {
	const counted = assents.filter(
		({ id, kind, member }) => considered.includes(id) && kind === 'approve' && member !== author,
	);
	const members = new Set(counted.map(({ member }) => member));
	return members.size >= needed && [...members].some(isTeller);
}
