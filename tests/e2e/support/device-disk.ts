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
