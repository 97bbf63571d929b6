import type { MemberId } from '../kernel/ids.ts';
import { blobHash, type BlobSource } from '../ledger/blobs.ts';
import type { Composer } from '../ledger/composer.ts';
import { Ledger } from '../ledger/ledger.ts';
import { parseRecord, sealRecord, type LedgerRecord } from '../ledger/record.ts';
import { authorMember } from '../roster/authorship.ts';
import { Standing } from './standing.ts';

const UNSIGNED = new Uint8Array(64);

/** VALID-8: the records that would lose their weight if what was composed were signed. Nothing is written. */
export function wouldFall(
	standing: Standing,
	held: Iterable<LedgerRecord>,
	composed: Composer,
): readonly LedgerRecord[] {
	const records = [...held];
	const after = new Standing(withComposed(records, composed), blobsWith(standing.blobs, composed));
	return records.filter((record) => standing.stands(record) && !after.stands(record));
}

/** What a member wrote that has no weight (any more), the oldest first: evidence, and what may be written again. */
export function fallenOf(standing: Standing, held: Iterable<LedgerRecord>, member: MemberId): readonly LedgerRecord[] {
	const own = [...held].filter((record) => authorMember(standing.ledger, record) === member);
	return own.filter((record) => !standing.stands(record)).sort((a, b) => a.lc - b.lc);
}

function withComposed(records: readonly LedgerRecord[], composed: Composer): Ledger {
	const ledger = new Ledger();
	for (const record of records) ledger.add(record);
	for (const payload of composed.payloads) {
		const parsed = parseRecord(sealRecord(payload, UNSIGNED));
		if (parsed.ok) ledger.add(parsed.value);
	}
	return ledger;
}

function blobsWith(blobs: BlobSource, composed: Composer): BlobSource {
	const own = new Map(composed.blobs.map((bytes) => [blobHash(bytes), bytes]));
	return (hash) => own.get(hash) ?? blobs(hash);
}
