import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { DraftHoldings } from '#core/wire/draft-holdings.ts';

/** What a relay holds, to be compared with another's. */
export interface Held {
	/** In hex, sorted. */
	readonly records: readonly string[];
	readonly blobs: readonly string[];
	/** By room, what tells its state, deletions included. */
	readonly drafts: Readonly<Record<string, string>>;
}

/** Reads it from its data folder, beside the relay that runs. */
export function heldBy(dataDir: string): Held {
	const database = new DatabaseSync(join(dataDir, 'corner.db'), { readOnly: true });
	const column = (sql: string) =>
		database
			.prepare(sql)
			.all()
			.map((row) => String(row['it']));
	try {
		return {
			records: column('SELECT hex(id) AS it FROM records ORDER BY id'),
			blobs: column('SELECT hex(hash) AS it FROM blobs ORDER BY hash'),
			drafts: draftsIn(database),
		};
	} finally {
		database.close();
	}
}

function draftsIn(database: DatabaseSync): Readonly<Record<string, string>> {
	const sql = `SELECT room, 0 AS position, bytes FROM snapshots
		UNION ALL SELECT updates.room, updates.position, updates.bytes FROM updates ORDER BY room, position`;
	const rooms = new Map<string, DraftHoldings>();
	for (const { room, bytes } of database.prepare(sql).all()) {
		const holdings = rooms.get(String(room)) ?? new DraftHoldings();
		rooms.set(String(room), holdings);
		holdings.take(bytes as Uint8Array);
	}
	return Object.fromEntries([...rooms].map(([room, holdings]) => [room, holdings.digest()]));
}
