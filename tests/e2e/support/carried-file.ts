import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { press } from './acts.ts';
import type { Person } from './person.ts';

/** From one phone to others, as a file that is saved on it and chosen on them. */
export async function carry(from: Person, ...others: readonly Person[]): Promise<void> {
	const buffer = await saveFile(from);
	for (const { page, visit } of others) {
		await visit('/app/me/file');
		await choose(page, '选文件', { name: 'a.corner', buffer });
		await expect(page.getByText(/^取回了 \d+ 条记录/)).toBeVisible();
	}
}

async function saveFile({ page, visit }: Person): Promise<Buffer> {
	await visit('/app/me/file');
	const download = page.waitForEvent('download');
	await press(page, '存成文件');
	return readFileSync(await (await download).path());
}

/** By the button that opens the phone's own list of files. */
export async function choose(
	page: Page,
	button: string,
	file: { readonly name: string; readonly buffer: Buffer },
): Promise<void> {
	const chooser = page.waitForEvent('filechooser');
	await press(page, button);
	await (await chooser).setFiles({ ...file, mimeType: '' });
}
