import {
	CARRIED_FILE_LIMITS,
	decodeCarriedFile,
	encodeCarriedFile,
	type CarriedDraft,
	type CarriedFile,
	type CarriedFileRefusal,
} from '#core/bundle/carried-file.ts';
import { withGround } from '#core/bundle/part.ts';
import type { BlobHash, RecordId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { blobReferences } from '#core/ledger/references.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { gunzip, gzip, knowsGzip } from '#lib/adapters/gzip.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** What of a workspace goes into a file. Its `corner` row, which has the key, gives its id only. */
type Contents = Pick<Workspace, 'ledger' | 'blob'> & {
	readonly corner: Pick<Workspace['corner'], 'grid'>;
	readonly drafts: Pick<Workspace['drafts'], 'unstored' | 'unstoredRooms'>;
};
/** The same, with what no relay has yet. */
type Unsent = Contents & {
	readonly outbox: Workspace['outbox'];
	readonly drafts: Pick<Workspace['drafts'], 'unsent'>;
};

export type FileRefusal = CarriedFileRefusal | 'file-other-grid' | 'file-needs-newer-browser';

/**
 * FILE-3: all that this device may hold of a corner, what is unsent included, and its drafts. Never a key. From memory
 * as far as possible, so that it still works when the disk is full or gone.
 */
export async function packCorner(workspace: Contents): Promise<Result<Blob, FileRefusal>> {
	const { ledger } = workspace;
	const hashes = new Set(ledger.scopes().flatMap((scope) => ledger.blobsOf(scope)));
	const blobs = [...hashes].flatMap((hash) => workspace.blob(hash) ?? []);
	const drafts = await draftsOf(workspace, await storedRooms(workspace));
	return pack({ grid: workspace.corner.grid, records: ledger.everything(), blobs, drafts });
}

/** CARRY-4: what no relay has yet, and all that it rests on. A draft goes whole: an edit alone is of no use to others. */
export async function packUnsent(workspace: Unsent): Promise<Result<Blob, FileRefusal>> {
	const { outbox } = workspace;
	const records = withGround(workspace.ledger, unsentRecords(outbox));
	const hashes = outbox.flatMap(({ id, kind }) => (kind === 'blob' ? [id as BlobHash] : []));
	const blobs = hashes.flatMap((hash) => workspace.blob(hash) ?? []);
	const drafts = await draftsOf(workspace, workspace.drafts.unsent);
	return pack({ grid: workspace.corner.grid, records, blobs, drafts });
}

/** CARRY-5: one record, and of what it rests on only what no relay has yet: mostly so little that one QR code holds it. */
export function packRecord(workspace: Unsent, id: RecordId): Promise<Result<Blob, FileRefusal>> {
	const unsent = new Set<RecordId>(unsentRecords(workspace.outbox));
	const records = withGround(workspace.ledger, [id], (ground) => !unsent.has(ground));
	const hashes = records.flatMap(blobReferences).map(({ hash }) => hash);
	const blobs = hashes.flatMap((hash) => workspace.blob(hash) ?? []);
	return pack({ grid: workspace.corner.grid, records, blobs, drafts: [] });
}

async function pack(file: CarriedFile): Promise<Result<Blob, FileRefusal>> {
	return knowsGzip() ? ok(await gzip(encodeCarriedFile(file))) : err('file-needs-newer-browser');
}

/** FILE-2: reads a file that somebody chose. Nothing of it is taken over yet. */
export async function unpackFile(file: Blob): Promise<Result<CarriedFile, FileRefusal>> {
	if (!knowsGzip()) return err('file-needs-newer-browser');
	const bytes = await gunzip(file, CARRIED_FILE_LIMITS.bytes);
	if (bytes.ok) return decodeCarriedFile(bytes.value);
	return err(REFUSALS[bytes.error]);
}

const REFUSALS = { 'not-gzip': 'file-not-ours', broken: 'file-broken', 'too-large': 'file-too-large' } as const;

/** What a relay has refused stays here. */
function unsentRecords(outbox: Workspace['outbox']): readonly RecordId[] {
	return outbox.flatMap(({ id, kind, refusal }) => (kind === 'record' && !refusal ? [id as RecordId] : []));
}

const storedRooms = ({ corner }: Contents): Promise<readonly string[]> => DraftStore.rooms(corner.grid).catch(() => []);

/** Besides those named, what is only in memory. */
async function draftsOf({ drafts }: Contents, named: readonly string[]): Promise<readonly CarriedDraft[]> {
	const rooms = new Set([...named, ...drafts.unstoredRooms()]);
	return Promise.all(
		[...rooms].map(async (room) => ({ room, updates: [...(await updatesOf(room)), ...drafts.unstored(room)] })),
	);
}

async function updatesOf(room: string): Promise<readonly Uint8Array[]> {
	const rows = await new DraftStore(room).after(0).catch(() => []);
	return rows.map(({ update }) => update);
}
