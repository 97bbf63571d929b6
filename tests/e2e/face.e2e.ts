import { expect, test } from '@playwright/test';
import { found, press, propose } from './support/acts.ts';
import { cornerOfPhones, type CornerOfPhones } from './support/corner-of-phones.ts';
import { answerCode, FACE, meetFaceToFace, readCode, showFirstCode, shownCode } from './support/face-to-face.ts';
import type { Neighbor } from './support/neighbor.ts';

let corner: CornerOfPhones<readonly [string, string]>;
let convener: Neighbor;
let member: Neighbor;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	corner = await cornerOfPhones(browser, '面对面的议事角', '周海燕', '吴志强');
	[convener, member] = corner.people;
	for (const neighbor of corner.people) {
		await neighbor.visit(FACE);
		await neighbor.installed();
		neighbor.network.cut();
	}
});
test.afterAll(() => corner.end());

const meet = () => meetFaceToFace(convener, member);

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

test('[FACE-9] another corner’s code, an old one, one’s own and one that is none are told apart', async () => {
	const stranger = await corner.arrive('郑秀兰');
	await found(stranger, corner.relay, '别处的议事角');
	const foreign = await showFirstCode(stranger);
	const first = await showFirstCode(convener);
	const second = await answerCode(member, first);

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
