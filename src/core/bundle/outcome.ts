import type { GridId, RecordId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { EditionRecord } from '../publication/ground.ts';
import type { CarriedFile } from './carried-file.ts';
import type { OutcomeClosure } from './closure.ts';

/** The `publish` or `publish.correct` of this id. */
export function editionOf(ledger: Ledger, outcome: RecordId | undefined): EditionRecord | undefined {
	return ledger.find(outcome, 'publish') ?? ledger.find(outcome, 'publish.correct');
}

/** BUNDLE-1: what the public may carry away of one outcome. A blob that is not held is left out, and the file will not verify. */
export function outcomeFile(
	grid: GridId,
	ledger: Ledger,
	blobs: BlobSource,
	outcome: RecordId,
	closure: OutcomeClosure,
): CarriedFile {
	return {
		...{ grid, outcome, drafts: [] },
		records: [...closure.records].flatMap((id) => ledger.get(id) ?? []),
		blobs: [...closure.blobs].flatMap((hash) => blobs(hash) ?? []),
	};
}
