import type { Page } from '@playwright/test';

/** Resolves when the device holds so many: asks the browser's own database, as it is on disk. */
export async function untilHeld(page: Page, table: 'records' | 'blobs', wanted: number): Promise<void> {
	while ((await heldOnDisk(page, table)) < wanted) await page.waitForTimeout(50);
}

/** How many the browser's own database holds now. */
export function heldOnDisk(page: Page, table: 'records' | 'blobs'): Promise<number> {
	return page.evaluate(
		(name) =>
			new Promise<number>((resolve) => {
				const opening = indexedDB.open('council-corner');
				opening.onsuccess = () => {
					const counting = opening.result.transaction(name).objectStore(name).count();
					counting.onsuccess = () => resolve(counting.result);
					opening.result.close();
				};
			}),
		table,
	);
}

/** The ids of the records that the browser's own database holds, as a relay's are listed: in capitals, sorted. */
export async function recordsOnDisk(page: Page): Promise<readonly string[]> {
	const ids = await idsOnDisk(page, 'council-corner', 'records');
	return ids.map((id) => id.toUpperCase()).sort();
}

/** Resolves when what was typed so far is on disk: who reads there waits for whoever began to write before. */
export async function draftsStored(page: Page): Promise<void> {
	await idsOnDisk(page, 'council-corner-drafts', 'updates');
}

function idsOnDisk(page: Page, database: string, table: string): Promise<readonly string[]> {
	return page.evaluate(
		([name, store]) =>
			new Promise<readonly string[]>((resolve) => {
				const opening = indexedDB.open(name);
				opening.onsuccess = () => {
					const reading = opening.result.transaction(store).objectStore(store).getAll();
					reading.onsuccess = () => resolve(reading.result.map(({ id }: { readonly id: string }) => id));
					opening.result.close();
				};
			}),
		[database, table] as const,
	);
}
