import Dexie, { type EntityTable, type Table } from 'dexie';
import type { BlobHash, DeviceKey, GridId, RecordId } from '#core/kernel/ids.ts';

/** A corner this device belongs to or is asking to join. */
export interface CornerRow {
	readonly grid: GridId;
	/** Shown before the roster is held; empty for a corner that was joined and not yet reached. */
	readonly name: string;
	readonly key: DeviceKey;
	/** Non-extractable: it can sign and can never be read. */
	readonly privateKey: CryptoKey;
	/** An unused founding code, until the relay has taken the grid. */
	readonly founding?: string;
	/** When this device founded or joined it, in milliseconds since 1970. */
	readonly since: number;
}
export interface RecordRow {
	/** Local arrival number. */
	readonly n?: number;
	readonly id: RecordId;
	readonly grid: GridId;
	readonly wire: Uint8Array;
}
export interface BlobRow {
	readonly hash: BlobHash;
	readonly grid: GridId;
	readonly bytes: Uint8Array;
}
/** What no relay has acknowledged yet. `refusal` is set when a relay would not take it. */
export interface OutboxRow {
	readonly id: string;
	readonly grid: GridId;
	readonly kind: 'record' | 'blob';
	readonly refusal?: string;
}

/** Everything but drafts, which have a database of their own so that routes without an editor never open it. */
export class CornerDatabase extends Dexie {
	declare readonly corners: EntityTable<CornerRow, 'grid'>;
	declare readonly records: Table<RecordRow, number>;
	declare readonly blobs: Table<BlobRow, [GridId, BlobHash]>;
	declare readonly outbox: Table<OutboxRow, [GridId, string]>;

	constructor(name = 'council-corner') {
		super(name);
		this.version(1).stores({
			corners: 'grid',
			records: '++n, &[grid+id], grid',
			blobs: '[grid+hash], grid',
			outbox: '[grid+id], grid',
		});
	}
}
