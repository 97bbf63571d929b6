import { equalBytes, type BlobHash, type GridId, type RecordId } from '../kernel/ids.ts';
import { blobHash } from '../ledger/blobs.ts';
import { foldStanding } from '../ledger/fold.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { EditionRecord } from '../publication/ground.ts';
import { Standing } from '../validity/standing.ts';
import { decodeCarriedFile, encodeCarriedFile, type CarriedFile, type CarriedFileRefusal } from './carried-file.ts';
import { closeOutcome } from './closure.ts';
import type { Fault } from './fault.ts';
import { editionOf } from './outcome.ts';
import { readmit, type VerifyProgress } from './readmission.ts';
import { recountOutcome, type OutcomeFault, type OutcomeReport } from './recount.ts';
import type { VerifySignature } from './signatures-ahead.ts';
import { wholenessFaults, type WholenessFault } from './wholeness.ts';

/** Why a file does not prove its outcome. */
export type NotVerified =
	'file-altered' | 'other-grid' | 'record-not-admitted' | 'outcome-missing' | WholenessFault | OutcomeFault;
export type Unreadable = CarriedFileRefusal | 'file-no-outcome';

export type OutcomeVerdict =
	| { readonly verdict: 'unreadable'; readonly code: Unreadable }
	| {
			readonly verdict: 'verified' | 'not-verified';
			/** None where it is verified. */
			readonly reasons: readonly Fault<NotVerified>[];
			/** undefined where there is no outcome to count again. */
			readonly report: OutcomeReport | undefined;
			/** What the file names, does not hold, and does not rest on: shown, and nothing more (LEDGER 1). */
			readonly absent: number;
	  };

export interface VerifyOptions {
	readonly isTrue: VerifySignature;
	/** The corner it should be of, where the reader knows. */
	readonly grid?: GridId | undefined;
	readonly progress?: VerifyProgress | undefined;
}

/**
 * BUNDLE-4, LEDGER 6: whether an outcome file proves its outcome, from nothing but itself. `bytes`: the unpacked CBOR.
 * No file can tell whether records were withheld from it that nothing in it names, and whether its grid is the right
 * community's.
 */
export async function verifyOutcome(bytes: Uint8Array, options: VerifyOptions): Promise<OutcomeVerdict> {
	const decoded = decodeCarriedFile(bytes);
	if (!decoded.ok) return { verdict: 'unreadable', code: decoded.error };
	const file = decoded.value;
	if (file.outcome === undefined) return { verdict: 'unreadable', code: 'file-no-outcome' };
	const { ledger, refused } = await readmit(file.grid, file.records, options.isTrue, options.progress);
	const edition = editionOf(ledger, file.outcome);
	const reasons = [
		// BUNDLE-5: the one encoding of what was read. A record that could not be read is missing from it.
		...found('file-altered', equalBytes(encodeCarriedFile(file), bytes) ? [] : [file.grid]),
		...found('other-grid', options.grid === undefined || options.grid === file.grid ? [] : [file.grid]),
		...found('record-not-admitted', refused),
		...found('outcome-missing', edition ? [] : [file.outcome]),
	];
	return edition ? judge(ledger, file, edition, reasons) : verdictOf(reasons, undefined, 0);
}

function judge(
	ledger: Ledger,
	file: CarriedFile,
	edition: EditionRecord,
	reasons: readonly Fault<NotVerified>[],
): OutcomeVerdict {
	const held = new Map(file.blobs.map((bytes) => [blobHash(bytes), bytes]));
	const blobs = (hash: BlobHash) => held.get(hash);
	const closure = closeOutcome(ledger, blobs, edition);
	const standing = new Standing(ledger, blobs);
	const recount = recountOutcome(ledger, standing, foldStanding(standing), edition);
	const all = [...reasons, ...wholenessFaults(ledger, held, file, closure), ...recount.faults];
	return verdictOf(all, recount.decided, closure.absent.size);
}

function verdictOf(
	reasons: readonly Fault<NotVerified>[],
	report: OutcomeReport | undefined,
	absent: number,
): OutcomeVerdict {
	return { verdict: reasons.length === 0 ? 'verified' : 'not-verified', reasons, report, absent };
}

const found = (code: NotVerified, names: readonly RecordId[]): readonly Fault<NotVerified>[] =>
	names.length === 0 ? [] : [{ code, names }];
