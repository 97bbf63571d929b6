import { expect, test, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { slugOf } from '#core/publication/document.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

let story: ToldStory;
let reader: Neighbor;

test.beforeAll(async () => {
	story = await tellStoryToRelay();
});
test.afterAll(async () => {
	await reader.leave();
	await story.end();
});

test('[BUNDLE-10] [BUNDLE-8] a public outcome is downloaded, and counted again without a network', async ({
	browser,
}) => {
	reader = await Neighbor.arrive(browser, story.relay, '过路人', PHONE);
	const { page } = reader;
	await reader.visit(`/n/${slugOf(story.topic)}`);
	const { file, name } = await download(page);
	expect(name).toBe(`${slugOf(story.topic)}.corner`);
	await page.getByRole('link', { name: '打开核对页' }).click();
	await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));

	reader.network.cut();
	await reader.visit('/verify');
	const main = page.getByRole('main');
	await choose(page, name, file);
	await expect(main.getByRole('status')).toContainText('核对无误');
	for (const words of ['老年人日间照料中心', story.corner.grid, '应到 11，实到 10，同意 8', '8 × 2 > 10 × 1'])
		await expect(main).toContainText(words);

	await choose(page, name, file.subarray(0, file.length / 2));
	await expect(main.getByRole('alert')).toContainText('文件不完整或坏了，请重新下载。');
	await drop(page, 'holiday.corner', '照片');
	await expect(main.getByRole('alert')).toContainText('这不是议事角的文件。');

	await page.getByRole('button', { name: 'English' }).click();
	await choose(page, name, file, 'Choose the outcome file');
	await expect(main.getByRole('status')).toContainText('Verified');
	await expect(main).toContainText('11 entitled, 10 taking part, 8 for');
});

async function download(page: Page): Promise<{ readonly file: Buffer; readonly name: string }> {
	const coming = page.waitForEvent('download');
	await page.getByRole('link', { name: '下载结果文件' }).click();
	const saved = await coming;
	return { file: await readFile(await saved.path()), name: saved.suggestedFilename() };
}

async function choose(page: Page, name: string, buffer: Buffer, label = '选结果文件'): Promise<void> {
	const chooser = page.waitForEvent('filechooser');
	await page.getByRole('button', { name: label }).click();
	await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

async function drop(page: Page, name: string, content: string): Promise<void> {
	const carried = await page.evaluateHandle(
		([fileName = '', text = '']) => {
			const data = new DataTransfer();
			data.items.add(new File([text], fileName));
			return data;
		},
		[name, content],
	);
	await page.getByRole('main').dispatchEvent('drop', { dataTransfer: carried });
}
