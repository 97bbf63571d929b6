import {
	CARRIED_FILE_LIMITS,
	decodeCarriedFile,
	encodeCarriedFile,
	type CarriedDraft,
	type CarriedFile,
	type CarriedFileRefusal,
} from '#core/bundle/carried-file.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { gunzip, gzip, knowsGzip } from '#lib/adapters/gzip.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** What of a workspace goes into a file. Its `corner` row, which has the key, gives its id only. */
type Contents = Pick<Workspace, 'ledger' | 'blob'> & {
	readonly corner: Pick<Workspace['corner'], 'grid'>;
	readonly drafts: Pick<Workspace['drafts'], 'unstored' | 'unstoredRooms'>;
};

export type FileRefusal = CarriedFileRefusal | 'file-other-grid' | 'file-needs-newer-browser';

/**
 * FILE-3: all that this device may hold of a corner, what is unsent included, and its drafts. Never a key. From memory
 * as far as possible, so that it still works when the disk is full or gone.
 */
export async function packCorner(workspace: Contents): Promise<Result<Blob, FileRefusal>> {
	if (!knowsGzip()) return err('file-needs-newer-browser');
	const { ledger } = workspace;
	const hashes = new Set(ledger.scopes().flatMap((scope) => ledger.blobsOf(scope)));
	const blobs = [...hashes].flatMap((hash) => workspace.blob(hash) ?? []);
	const drafts = await draftsOf(workspace);
	const file: CarriedFile = { grid: workspace.corner.grid, records: ledger.everything(), blobs, drafts };
	return ok(await gzip(encodeCarriedFile(file)));
}

/** FILE-2: reads a file that somebody chose. Nothing of it is taken over yet. */
export async function unpackFile(file: Blob): Promise<Result<CarriedFile, FileRefusal>> {
	if (!knowsGzip()) return err('file-needs-newer-browser');
	const bytes = await gunzip(file, CARRIED_FILE_LIMITS.bytes);
	if (bytes.ok) return decodeCarriedFile(bytes.value);
	return err(REFUSALS[bytes.error]);
}

const REFUSALS = { 'not-gzip': 'file-not-ours', broken: 'file-broken', 'too-large': 'file-too-large' } as const;

async function draftsOf({ corner, drafts }: Contents): Promise<readonly CarriedDraft[]> {
	const stored = await DraftStore.rooms(corner.grid).catch(() => []);
	const rooms = [...new Set([...stored, ...drafts.unstoredRooms()])];
	return Promise.all(
		rooms.map(async (room) => ({ room, updates: [...(await updatesOf(room)), ...drafts.unstored(room)] })),
	);
}

async function updatesOf(room: string): Promise<readonly Uint8Array[]> {
	const rows = await new DraftStore(room).after(0).catch(() => []);
	return rows.map(({ update }) => update);
}
