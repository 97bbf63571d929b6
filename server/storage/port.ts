import type { BlobHash, DeviceKey, GridId, PollId, RecordId } from '#core/kernel/ids.ts';

/** One admitted record as it travelled. */
export interface StoredRecord {
	readonly grid: GridId;
	readonly scope: PollId | null;
	readonly id: RecordId;
	readonly wire: Uint8Array;
}
/** Blobs belong to a grid: the same bytes in two grids are two rows, so that no grid can read another's by their hash. */
export interface StoredBlob {
	readonly grid: GridId;
	readonly hash: BlobHash;
	readonly bytes: Uint8Array;
}
/** One Yjs update (format 1) of a draft. `at`: the relay's clock in ms since 1970; `author`: the device that brought it. */
export interface StoredUpdate {
	readonly room: string;
	readonly update: Uint8Array;
	readonly at: number;
	readonly author: DeviceKey;
}
/** The same, read back. `position` counts up over all drafts. Rows of schema 1 have `at` 0 and no author. */
export interface PastUpdate {
	readonly position: number;
	readonly at: number;
	readonly author: DeviceKey | null;
	readonly update: Uint8Array;
}
/** As many as `bytes` hold, and one if there is one. */
export function pageOf(updates: Iterable<PastUpdate>, bytes: number): readonly PastUpdate[] {
	const page: PastUpdate[] = [];
	let size = 0;
	for (const past of updates) {
		size += past.update.length;
		if (page.length > 0 && size > bytes) break;
		page.push(past);
	}
	return page;
}
/** All of a draft's updates that were committed before, as one. */
export interface StoredSnapshot {
	readonly room: string;
	readonly update: Uint8Array;
}
/** What the public sees of one outcome. `publish` is the record that made it; `at` is the relay's clock in ms since 1970. */
export interface NewPublication {
	readonly slug: string;
	readonly grid: GridId;
	readonly publish: RecordId;
	readonly json: string;
	readonly at: number;
}
/** `version` counts up from 1 for each slug. */
export interface StoredPublication extends NewPublication {
	readonly version: number;
}

/** Everything one turn of the event loop wants to keep. */
export interface Batch {
	readonly records: readonly StoredRecord[];
	readonly blobs: readonly StoredBlob[];
	/** Stand for what earlier batches hold of the room, not for the updates beside them. */
	readonly snapshots: readonly StoredSnapshot[];
	readonly updates: readonly StoredUpdate[];
	readonly publications: readonly NewPublication[];
	readonly foundingCodesIssued: readonly string[];
	readonly foundingCodesUsed: readonly string[];
}

export const EMPTY_BATCH: Batch = {
	records: [],
	blobs: [],
	snapshots: [],
	updates: [],
	publications: [],
	foundingCodesIssued: [],
	foundingCodesUsed: [],
};

/**
 * Where the relay keeps what it carries (ARCHITECTURE 5). Append-only; it knows ids and bytes and no rule.
 *
 * Not promised: any order between records or blobs; that two commits may run at the same time (the caller waits for
 * one before the next); that bytes handed out are copies (do not change them). A rejected promise is an operating
 * fault (a full disk), never a refusal, and after it the caller must not assume that anything of that batch is kept.
 */
export interface RelayStore {
	/**
	 * Keeps all of a batch or none of it; once it resolves, a power cut loses nothing of it. Records, blobs and
	 * publications that are held already are left as they are.
	 */
	commit(batch: Batch): Promise<void>;
	/** Grids of which at least one record is held. */
	readGrids(): Promise<readonly GridId[]>;
	readRecords(grid: GridId): Promise<readonly StoredRecord[]>;
	/** Hash and size in bytes of every blob of a grid. */
	listBlobs(grid: GridId): Promise<readonly { readonly hash: BlobHash; readonly size: number }[]>;
	readBlob(grid: GridId, hash: BlobHash): Promise<Uint8Array | undefined>;
	/** What makes up a draft: its latest snapshot if there is one, and the updates committed after it, in order. */
	readUpdates(room: string): Promise<readonly Uint8Array[]>;
	/**
	 * The updates of a draft since its beginning, in order: snapshots replace none, so a spoiled text can be had back.
	 * Those after `position`, as many as `bytes` hold, and at least one if there is one.
	 */
	readHistory(room: string, position: number, bytes: number): Promise<readonly PastUpdate[]>;
	/** The highest version of each slug, latest first. */
	listPublications(): Promise<readonly StoredPublication[]>;
	/** The highest version of one slug. */
	readPublication(slug: string): Promise<StoredPublication | undefined>;
	/** Ids of the `publish` records of a grid that have become publications. */
	publishedRecords(grid: GridId): Promise<readonly RecordId[]>;
	/** Codes issued and not used. */
	unusedFoundingCodes(): Promise<readonly string[]>;
	/** Bytes of a grid's records, blobs and draft updates; snapshots, which only stand in for updates, are not counted. */
	bytesOf(grid: GridId): Promise<number>;
	/** Does a little of what makes the storage smaller or faster, in bounded time; changes nothing that is kept. */
	tidy(): Promise<void>;
	/** The relay's 32 secret bytes: the ones held, or the given ones, which are then held for good. */
	relaySeed(fresh: Uint8Array): Promise<Uint8Array>;
	close(): Promise<void>;
}
