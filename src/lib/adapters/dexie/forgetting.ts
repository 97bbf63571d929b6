import type { GridId } from '#core/kernel/ids.ts';
import type { CornerDatabase } from './database.ts';

/** DEV-9: a corner leaves this device, its key and everything it says; no other corner is touched. */
export async function forgetCorner(database: CornerDatabase, grid: GridId): Promise<void> {
	const { corners, founderKeys, records, blobs, outbox, setAside } = database;
	await database.transaction('rw', database.tables, async () => {
		const corner = await corners.get(grid);
		await founderKeys.filter(({ key }) => key === corner?.key).delete();
		await corners.delete(grid);
		for (const table of [records, blobs, outbox, setAside]) await table.where('grid').equals(grid).delete();
	});
}
