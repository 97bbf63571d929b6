import { expect, test, type Browser } from '@playwright/test';
import { admit, found, invite, join, press, propose } from './support/acts.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';

const SAVED = '已保存，大家都能看到';
const FACE = '/app/me/file/face';

let relay: RelayProcess;
let convener: Neighbor;
let member: Neighbor;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	relay = await RelayProcess.start({ FOUNDING: 'open' });
	[convener, member] = [await arrive(browser, '周海燕'), await arrive(browser, '吴志强')];
	await found(convener, relay, '面对面的议事角');
	await join(member, await invite(convener), '2号楼');
	await admit(convener, member);
	// So that the pages are there when nothing else is.
	for (const neighbor of [convener, member]) {
		await neighbor.visit(FACE);
		await expect(neighbor.stateLine).toHaveText(SAVED);
		await neighbor.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		neighbor.network.cut();
	}
});
test.afterAll(async () => {
	for (const neighbor of [convener, member]) await neighbor.leave();
	await relay.stop();
});

const arrive = (browser: Browser, name: string) => Neighbor.arrive(browser, relay, name, PHONE);

/** What the code on the screen holds. */
async function shownCode({ page }: Neighbor): Promise<string> {
	await expect(page.getByRole('img', { name: '给对方扫的二维码' })).toBeVisible();
	return page.getByLabel('这张码的文字').inputValue();
}

/** By the way for whoever has no camera. */
async function readCode({ page }: Neighbor, code: string): Promise<void> {
	const paste = page.getByLabel('或者粘贴码里的文字');
	if (!(await paste.isVisible())) await page.getByText('相机用不了？').click();
	await paste.fill(code);
	await press(page, '读取');
}

async function begin(neighbor: Neighbor): Promise<string> {
	await neighbor.visit(FACE);
	await press(neighbor.page, '我先出示码');
	return shownCode(neighbor);
}

async function answer(neighbor: Neighbor, first: string): Promise<string> {
	await neighbor.visit(FACE);
	await press(neighbor.page, '扫对方的码');
	await readCode(neighbor, first);
	return shownCode(neighbor);
}

async function meet(): Promise<void> {
	const second = await answer(member, await begin(convener));
	await press(convener.page, '对方扫好了，扫对方的码');
	await readCode(convener, second);
	for (const { page } of [convener, member]) await expect(page.getByText(/^已和.+连上$/)).toBeVisible();
}

test('[FACE-8] two phones without any server give each other what each wrote, and sum it up', async () => {
	await propose(convener, '楼道灯不亮');
	await propose(member, '车棚漏雨');
	await meet();
	await expect(convener.page.getByText(/已和吴志强连上/)).toBeVisible();
	await expect(member.page.getByText(/已和周海燕连上/)).toBeVisible();
	for (const { page } of [convener, member]) {
		await expect(page.getByText('收到 1 条，送出 1 条')).toBeVisible();
	}
	for (const { page } of [convener, member]) await expect(page.getByText('两边都一样了')).toBeVisible();
	await press(convener.page, '结束');
	await expect(member.page.getByText('传好了')).toBeVisible();
	for (const { page, visit } of [convener, member]) {
		await visit('/app/topics');
		for (const title of ['车棚漏雨', '楼道灯不亮']) await expect(page.getByRole('link', { name: title })).toBeVisible();
	}
});

test('[FACE-7] what is written in another window while two phones are connected goes over, drafts too', async () => {
	await meet();
	const window = await convener.page.context().newPage();
	await window.goto(`${convener.origin}/app/topics`);
	const topic = await propose(
		{ ...convener, page: window, visit: async (path) => void (await window.goto(convener.origin + path)) } as Neighbor,
		'井盖松动',
	);
	await window.locator('.ProseMirror').fill('先请人来看。');
	await expect(member.page.getByText(/^收到 \d+ 条/)).toContainText(/收到 [2-9] 条/);
	await expect(member.page.getByText('两边都一样了')).toBeVisible();
	await window.close();
	await press(member.page, '结束');
	await member.visit(topic);
	await expect(member.page.getByRole('heading', { name: '井盖松动' })).toBeVisible();
	await expect(member.page.locator('.ProseMirror')).toContainText('先请人来看。');
});

test('[FACE-9] another corner’s code, an old one, one’s own and one that is none are told apart', async ({
	browser,
}) => {
	const stranger = await arrive(browser, '郑秀兰');
	await found(stranger, relay, '别处的议事角');
	const foreign = await begin(stranger);
	const first = await begin(convener);
	const second = await answer(member, first);

	await press(convener.page, '对方扫好了，扫对方的码');
	const refusals = [
		[foreign, '对方在另一个议事角'],
		[first, '这是您自己的码'],
		['https://example.org/menu', '这不是面对面传的码'],
		[second.slice(0, -20), '码没读完整'],
	] as const;
	for (const [code, words] of refusals) {
		await readCode(convener, code);
		await expect(convener.page.getByRole('alert')).toContainText(words);
	}
	await press(convener.page, '从头来');
	await press(convener.page, '我先出示码');
	await shownCode(convener);
	await press(convener.page, '对方扫好了，扫对方的码');
	await readCode(convener, second);
	await expect(convener.page.getByRole('alert')).toContainText('这是上一次的码');
	await stranger.leave();
});

test('[FACE-4] a phone that goes away in the middle is noticed; what came is kept, and they connect again', async () => {
	await meet();
	await propose(member, '路灯太暗');
	await expect(convener.page.getByText('连接断了')).toBeVisible({ timeout: 15_000 });
	await meet();
	await expect(convener.page.getByText(/收到 1 条/)).toBeVisible();
});
