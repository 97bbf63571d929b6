import type { BlobHash } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CarriedFile } from './carried-file.ts';
import type { OutcomeClosure } from './closure.ts';
import type { Fault } from './fault.ts';

export type WholenessFault = 'record-missing' | 'link-missing' | 'blob-missing' | 'blob-private' | 'superfluous';

/** BUNDLE-1..3: everything that belongs into the file is in it, and nothing else. */
export function wholenessFaults(
	ledger: Ledger,
	held: ReadonlyMap<BlobHash, Uint8Array>,
	file: CarriedFile,
	{ records, blobs, missing, missingLinks }: OutcomeClosure,
): readonly Fault<WholenessFault>[] {
	const isPrivate = (hash: BlobHash) => ledger.blobKind(hash) === 'member';
	const strayRecords = file.records.map(({ id }) => id).filter((id) => ledger.holds(id) && !records.has(id));
	const strayBlobs = [...held.keys()].filter((hash) => !blobs.has(hash) && !isPrivate(hash));
	const found: Readonly<Record<WholenessFault, readonly string[]>> = {
		'record-missing': [...missing],
		'link-missing': [...missingLinks],
		'blob-missing': [...blobs].filter((hash) => !held.has(hash)),
		'blob-private': [...held.keys()].filter(isPrivate),
		superfluous: [...strayRecords, ...strayBlobs, ...file.drafts.map(({ room }) => room)],
	};
	const codes = (Object.keys(found) as WholenessFault[]).filter((code) => found[code].length > 0);
	return codes.map((code) => ({ code, names: found[code] }));
}
