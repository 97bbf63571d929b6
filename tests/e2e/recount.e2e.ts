import { expect, test, type Browser, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { slugOf } from '#core/publication/document.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

let story: ToldStory;
const readers: Neighbor[] = [];

test.beforeAll(async () => {
	story = await tellStoryToRelay();
});
test.afterEach(async () => {
	for (const reader of readers.splice(0)) await reader.leave();
});
test.afterAll(async () => {
	await story.end();
});

async function arrive(browser: Browser): Promise<Neighbor> {
	const reader = await Neighbor.arrive(browser, story.relay, '过路人', PHONE);
	readers.push(reader);
	return reader;
}

test('[BUNDLE-10] [BUNDLE-8] [RECOUNT-2] a public outcome is downloaded, and counted again in a worker without a network', async ({
	browser,
}) => {
	const reader = await arrive(browser);
	const { page } = reader;
	await page.addInitScript(countWorkers);
	await reader.visit(`/n/${slugOf(story.topic)}`);
	const { file, name } = await download(page);
	expect(name).toBe(`${slugOf(story.topic)}.corner`);
	await page.getByRole('link', { name: '打开核对页' }).click();
	await reader.installed();

	reader.network.cut();
	await reader.visit('/verify');
	const main = page.getByRole('main');
	await choose(page, name, file);
	await expect(main.getByRole('status')).toContainText('核对无误');
	for (const words of ['老年人日间照料中心', story.corner.grid, '应到 11，实到 10，同意 8', '8 × 2 > 10 × 1'])
		await expect(main).toContainText(words);
	expect(await page.evaluate(() => globalThis.workers)).toEqual({ started: 1, ended: 1 });

	await choose(page, name, file.subarray(0, file.length / 2));
	await expect(main.getByRole('alert')).toContainText('文件不完整或坏了，请重新下载。');
	await drop(page, ['holiday.corner', Buffer.from('照片')]);
	await expect(main.getByRole('alert')).toContainText('这不是议事角的文件。');

	await page.getByRole('button', { name: 'English' }).click();
	await choose(page, name, file, 'Choose the outcome file');
	await expect(main.getByRole('status')).toContainText('Verified');
	await expect(main).toContainText('11 entitled, 10 taking part, 8 for');
});

test('[RECOUNT-2] another file that is chosen meanwhile is the one that is judged', async ({ browser }) => {
	const reader = await arrive(browser);
	const { page } = reader;
	const file = await outcomeFile(reader);
	await page.addInitScript(countWorkers);
	await reader.visit('/verify');
	await expect(page.getByRole('button', { name: '选结果文件' })).toBeVisible();
	await drop(page, ['true.corner', file], ['holiday.corner', Buffer.from('照片')]);
	await expect.poll(() => page.evaluate(() => globalThis.workers)).toEqual({ started: 2, ended: 2 });
	await expect(page.getByRole('alert')).toContainText('这不是议事角的文件。');
	await expect(page.getByRole('status')).toHaveCount(0);
});

test('[RECOUNT-2] a browser that cannot start a worker, or knows no modules in it, counts on the page', async ({
	browser,
}) => {
	const reader = await arrive(browser);
	const { page } = reader;
	const file = await outcomeFile(reader);
	for (const hinder of [withUnreadableWorkers, withoutWorkers]) {
		await page.addInitScript(hinder);
		await reader.visit('/verify');
		await choose(page, 'true.corner', file);
		await expect(page.getByRole('status')).toContainText('核对无误');
	}
});

/** As Firefox was before 114: no module is understood, and that is told as an error of the script. */
function withUnreadableWorkers(): void {
	const construct = (target: typeof Worker) => new target('/_app/version.json');
	globalThis.Worker = new Proxy(Worker, { construct });
}

function withoutWorkers(): void {
	Reflect.deleteProperty(globalThis, 'Worker');
}

declare global {
	var workers: { started: number; ended: number };
}

/** One that ends at once is never shown to whoever looks from outside. */
function countWorkers(): void {
	globalThis.workers = { started: 0, ended: 0 };
	const terminate = Worker.prototype.terminate;
	Worker.prototype.terminate = function () {
		globalThis.workers.ended++;
		terminate.call(this);
	};
	const construct = (target: typeof Worker, given: ConstructorParameters<typeof Worker>) => {
		globalThis.workers.started++;
		return new target(...given);
	};
	globalThis.Worker = new Proxy(Worker, { construct });
}

async function outcomeFile(reader: Neighbor): Promise<Buffer> {
	await reader.visit(`/n/${slugOf(story.topic)}`);
	return (await download(reader.page)).file;
}

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

/** One after the other, before the page can do anything in between. */
async function drop(page: Page, ...files: readonly (readonly [name: string, content: Buffer])[]): Promise<void> {
	const plain = files.map(([name, content]) => [name, content.toString('base64')] as const);
	await page.evaluate((dropped) => {
		for (const [name, content] of dropped) {
			const dataTransfer = new DataTransfer();
			const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
			dataTransfer.items.add(new File([bytes], name));
			document.querySelector('main')?.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
		}
	}, plain);
}
