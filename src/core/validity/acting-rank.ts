import type { LedgerRecord } from '../ledger/record.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import { authorOf } from '../roster/authorship.ts';
import { RANK_OF_ROLE } from '../roster/roles.ts';

export const LOWEST_RANK = RANK_OF_ROLE.newcomer;

/** VALID-1: the rank a record was written under, 0 being highest: of founder keys, of the cited grant, of a member. */
export function actingRank(ledger: LedgerReader, record: LedgerRecord): number {
	const author = authorOf(ledger, record);
	if (!author.ok || author.value === 'relay') return LOWEST_RANK;
	if (author.value === 'poll-teller' || author.value === 'poll-station') return RANK_OF_ROLE.member;
	return RANK_OF_ROLE[author.value];
}
