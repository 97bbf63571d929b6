import { liveQuery, type EntityTable, type Table } from 'dexie';
import type { BlobHash, DeviceKey, GridId, RecordId } from '#core/kernel/ids.ts';
import type { Card } from '#core/roster/records.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { DeviceDatabase } from './device-database.ts';

export type { StopReason } from './device-database.ts';

/** The signer's own form of a private key; none of them can be read out of the browser. */
export type StoredKey =
	CryptoKey | { readonly wrappingKey: CryptoKey; readonly iv: Uint8Array; readonly sealed: Uint8Array };

/** A corner this device belongs to or is asking to join. */
export interface CornerRow {
	readonly grid: GridId;
	/** Shown before the roster is held; empty for a corner that was joined and not yet reached. */
	readonly name: string;
	readonly key: DeviceKey;
	readonly privateKey: StoredKey;
	/** An unused founding code, until the relay has taken the grid. */
	readonly founding?: string;
	/** The own phone that was asked to bring this one in: its `device.add`. Needed until it did. */
	readonly introducer?: RecordId;
	/** This key founded the corner together with others, and came in under genesis. */
	readonly cofounder?: true;
	/** The key that the relay at this device's address showed last. */
	readonly relay?: DeviceKey;
	/** The courtyard relay whose code was read last. */
	readonly courtyard?: RelayCard;
	/** REACH-5: this device also holds the ballots of votes that it has no part in, to carry them. */
	readonly carries?: boolean;
	/** When this device founded or joined it, in milliseconds since 1970. */
	readonly since: number;
}
/** A key made to found a corner with somebody else, whose id nobody knows before genesis is signed. */
export interface FounderKeyRow {
	/** By which the founding asked. */
	readonly nonce: string;
	readonly key: DeviceKey;
	readonly privateKey: StoredKey;
	readonly card: Card;
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
/** DEV-11: a blob that this device does without, because it was short of room. */
export interface SetAsideRow {
	readonly hash: BlobHash;
	readonly grid: GridId;
	/** A page has asked for it since: it is fetched again, and stays. */
	readonly wanted: boolean;
}
/** What no relay has acknowledged yet. `refusal` is set when a relay would not take it. */
export interface OutboxRow {
	readonly id: string;
	readonly grid: GridId;
	readonly kind: 'record' | 'blob';
	readonly refusal?: string;
}

const NEWEST_VERSION = 3;

/** Everything but drafts, which have a database of their own so that routes without an editor never open it. */
export class CornerDatabase extends DeviceDatabase {
	declare readonly corners: EntityTable<CornerRow, 'grid'>;
	declare readonly founderKeys: EntityTable<FounderKeyRow, 'nonce'>;
	declare readonly records: Table<RecordRow, number>;
	declare readonly blobs: Table<BlobRow, [GridId, BlobHash]>;
	declare readonly outbox: Table<OutboxRow, [GridId, string]>;
	declare readonly setAside: Table<SetAsideRow, [GridId, BlobHash]>;

	constructor(name = 'council-corner') {
		super(name, NEWEST_VERSION);
		this.version(1).stores({
			corners: 'grid',
			records: '++n, &[grid+id], grid',
			blobs: '[grid+hash], grid',
			outbox: '[grid+id], grid',
		});
		this.version(2).stores({ founderKeys: 'nonce' });
		this.version(NEWEST_VERSION).stores({ setAside: '[grid+hash], grid' });
	}

	/** A corner just founded or joined, all or none: its row, and whatever `more` writes. */
	async keep(corner: CornerRow, more: () => Promise<void>): Promise<void> {
		await this.transaction('rw', this.tables, async () => {
			await this.corners.put(corner);
			await more();
		});
	}

	/** Calls back with all corners of this device now and after every change, whichever tab made it. */
	watchCorners(changed: (corners: readonly CornerRow[]) => void): void {
		liveQuery(() => this.corners.toArray()).subscribe(changed);
	}
}
