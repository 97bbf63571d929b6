import { expect, test, type Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { toBase45 } from '#core/kernel/base45.ts';
import { encodeCbor } from '#core/kernel/cbor.ts';
import type { GridId } from '#core/kernel/ids.ts';
import { apply, press, propose } from './support/acts.ts';
import { choose } from './support/carried-file.ts';
import { cornerOfPhones, type CornerOfPhones } from './support/corner-of-phones.ts';
import { tellEveryState } from './support/every-state.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { tellStoryToRelay } from './support/told-story.ts';

const SAVED = '已保存，大家都能看到';

let corner: CornerOfPhones<readonly [string, string]>;
let convener: Neighbor;
let member: Neighbor;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	corner = await cornerOfPhones(browser, '带着走的议事角', '周海燕', '吴志强');
	[convener, member] = corner.people;
});
test.afterAll(() => corner.end());

/** The code on the screen as a picture, as a photo of it would be. */
async function photo(page: Page): Promise<Buffer> {
	await page.evaluate(() => scrollTo(0, 0));
	return page.getByRole('main').getByRole('img').screenshot();
}

test('[CARRY-6] what is unsent goes over as codes that one screen plays and another camera collects', async () => {
	await convener.installed();
	convener.network.cut();
	const topic = await propose(convener, '路口要减速带');
	await convener.visit('/app/me/file/codes');
	await expect(convener.page.getByText(/第 \d+ 张，共 \d+ 张/)).toBeVisible();
	await press(convener.page, '停一下');
	const standing = await convener.page.getByText(/第 \d+ 张/).textContent();
	await convener.page.waitForTimeout(600);
	expect(await convener.page.getByText(/第 \d+ 张/).textContent()).toBe(standing);
	await press(convener.page, '接着放');

	await member.page.addInitScript(cameraOfPictures);
	await member.visit('/app/me/file/scan');
	await press(member.page, '打开相机扫码');
	await expect(member.page.locator('video')).toBeVisible();
	await expect(async () => {
		const picture = await photo(convener.page);
		await member.page.evaluate(
			(url) => globalThis.dispatchEvent(new CustomEvent('picture', { detail: url })),
			`data:image/png;base64,${picture.toString('base64')}`,
		);
		await expect(member.page.getByText(/取回了 \d+ 条记录/)).toBeVisible({ timeout: 100 });
	}).toPass({ timeout: 40_000, intervals: [50] });
	await expect(member.stateLine).toHaveText(SAVED);
	await member.visit(topic);
	await expect(member.page.getByRole('heading', { name: '路口要减速带' })).toBeVisible();
});

test('[CARRY-8] without a camera the page says so, and takes a photo or the text of a code', async () => {
	const { page, visit } = member;
	await member.page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined }));
	await visit('/app/me/file/scan');
	await press(page, '打开相机扫码');
	await expect(page.getByRole('alert')).toContainText('没有能用的相机');
	await choose(page, '选一张二维码照片', { name: 'cat.png', buffer: await page.screenshot() });
	await expect(page.getByRole('alert').filter({ hasText: '没找到二维码' })).toBeVisible();
	const wrong = [
		['https://example.org/menu', '这不是带走内容的二维码'],
		[`CORNER:${toBase45(Uint8Array.of(9, ...new Uint8Array(20)))}`, '更新的版本'],
		['CORNER:AAA', '没读对'],
	] as const;
	for (const [text, words] of wrong) {
		await page.getByLabel('或者粘贴码里的文字').fill(text);
		await press(page, '读取');
		await expect(page.getByRole('alert').filter({ hasText: words })).toBeVisible();
	}
});

test('[CARRY-9] a file is dropped on the page; a wrong one changes nothing and is told as what it is', async () => {
	const { page, visit } = member;
	await visit('/app/me/file');
	await expect(page.getByRole('button', { name: '选文件' })).toBeVisible();
	const other = { grid: 'd'.repeat(64) as GridId, records: [], blobs: [], drafts: [] };
	const wrong = [
		[gzipSync(encodeCarriedFile(other)), '这是另一个议事角的文件'],
		[gzipSync(encodeCbor({ f: 'council-corner/2' })), '更新的版本存下的'],
		[gzipSync(encodeCbor({ f: 'recipes/1' })), '这不是议事角的文件'],
		[gzipSync(encodeCarriedFile(other)).subarray(0, 30), '不完整或坏了'],
	] as const;
	for (const [bytes, words] of wrong) {
		await drop(page, [...bytes]);
		await expect(page.getByRole('alert')).toContainText(words);
	}
	await expect(member.stateLine).toHaveText(SAVED);
});

test('[CARRY-7] a ballot cast without a network is shown as one code, and another phone brings it to the relay', async ({
	browser,
}) => {
	const story = await tellStoryToRelay();
	const [convening = '', , voting = ''] = story.guests;
	const people = await Promise.all(
		['郑秀兰', '何建军'].map((name) => Neighbor.arrive(browser, story.relay, name, PHONE)),
	);
	const [voter, carrier] = people as [Neighbor, Neighbor];
	await apply(voter, voting, '6号楼');
	await apply(carrier, convening, '1号楼');
	for (const { page } of people) await expect(page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	const { remote } = tellEveryState(story);
	await story.offer();
	await voter.visit(`/app/vote/${remote.poll}`);
	await expect(voter.page.getByRole('radio', { name: '同意' })).toBeVisible();
	await expect(voter.stateLine).toHaveText(SAVED);
	await voter.installed();
	voter.network.cut();
	await voter.page.getByRole('radio', { name: '同意' }).check();
	await press(voter.page, '下一步：核对');
	await press(voter.page, '提交');
	await voter.page.getByRole('link', { name: '出示选票码' }).click();
	await expect(voter.page.getByRole('heading', { name: '选票码' })).toBeVisible();
	await expect(voter.page.getByRole('img', { name: '选票码' })).toBeVisible();
	await expect(voter.page.getByText('正在轮流出示')).toHaveCount(0);
	const picture = await photo(voter.page);

	await carrier.visit('/app/me/file/scan');
	await carrier.page.getByText('相机用不了？').click();
	await choose(carrier.page, '选一张二维码照片', { name: 'ballot.png', buffer: picture });
	await expect(carrier.page.getByText('取回了 1 条记录')).toBeVisible();
	await expect(carrier.stateLine).toHaveText(SAVED);
	for (const person of people) await person.leave();
	await story.end();
});

/** As from another window, onto the page. */
async function drop(page: Page, bytes: readonly number[]): Promise<void> {
	await page.evaluate((content) => {
		const dataTransfer = new DataTransfer();
		dataTransfer.items.add(new File([Uint8Array.from(content)], 'a.corner'));
		document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
	}, bytes);
}

/** A camera that sees the pictures that the test shows it; this browser has no other. */
function cameraOfPictures(): void {
	const canvas = document.createElement('canvas');
	[canvas.width, canvas.height] = [640, 640];
	const context = canvas.getContext('2d');
	const picture = new Image();
	addEventListener('picture', (event) => (picture.src = (event as CustomEvent<string>).detail));
	// As a camera does: a picture many times a second, whether anything has moved or not.
	setInterval(() => {
		context?.fillRect(0, 0, 640, 640);
		if (picture.complete) context?.drawImage(picture, 40, 40, 560, 560);
	}, 50);
	const stream = () => Promise.resolve(canvas.captureStream(20));
	Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia: stream } });
}
