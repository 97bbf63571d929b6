import { expect, test, type Browser } from '@playwright/test';
import { admit, follow, found, invite, join, press, propose } from './support/acts.ts';
import { Laptop } from './support/laptop.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';
import { shownLink } from './support/shown-code.ts';

let home: RelayProcess;
let laptop: Laptop;
let convener: Neighbor;
let member: Neighbor;
let away: Neighbor;
let code: string;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	home = await RelayProcess.start({ FOUNDING: 'open' });
	laptop = await Laptop.start('三号院的笔记本');
	[convener, member, away] = [
		await arrive(browser, '周海燕'),
		await arrive(browser, '吴志强'),
		await arrive(browser, '郑秀芳'),
	];
	await found(convener, home, '院里的议事角');
	for (const neighbor of [member, away]) {
		await join(neighbor, await invite(convener), '3号楼');
		await admit(convener, neighbor);
	}
	code = new URL(await linkOn(browser)).hash;
});
test.afterAll(async () => {
	for (const neighbor of [convener, member, away]) await neighbor.leave();
	await laptop.stop();
	await home.stop();
});

const arrive = (browser: Browser, name: string) => Neighbor.arrive(browser, home, name, PHONE);
const scan = (neighbor: Neighbor) => neighbor.visit(`/app/courtyard${code}`);
const sign = ({ page }: Neighbor) => page.getByRole('banner').getByRole('link');

test('[REACH-3] the convener takes the laptop on by reading its code; whoever read it before is asked to wait for that', async () => {
	await scan(member);
	await expect(member.page.getByText('请召集人先用手机扫这个码')).toBeVisible();
	await expect(member.page.getByRole('button', { name: /连接/ })).toHaveCount(0);
	await scan(convener);
	await press(convener.page, '登记并连接');
	await expect(convener.page.getByText('院里在线。')).toBeVisible();
	await press(member.page, '连接院里');
	await expect(member.page.getByText('院里在线。')).toBeVisible();
});

test('[REACH-4] without internet the courtyard reads and writes together, and every phone says how far that goes', async () => {
	for (const neighbor of [convener, member]) neighbor.network.cut();
	for (const neighbor of [convener, member]) await expect(sign(neighbor)).toHaveText('院里在线');
	const topic = await propose(convener, '三号院的晾衣杆');
	await expect(convener.stateLine).toHaveText('已保存，大家都能看到');
	await member.visit(topic);
	await type(convener, '装在东墙。');
	await expect.poll(() => member.draft()).toContain('装在东墙。');
	await type(member, '离地两米。');
	await expect.poll(() => convener.draft()).toContain('离地两米。');
});

test('[REACH-1] back on the internet, one phone brings home what the courtyard did', async () => {
	await away.visit('/app/topics');
	await expect(away.page.getByText('三号院的晾衣杆')).toHaveCount(0);
	convener.network.heal();
	await expect(sign(convener)).toHaveText('全网在线');
	await expect(away.page.getByText('三号院的晾衣杆').first()).toBeVisible();
	await follow(away.page, /三号院的晾衣杆/);
	await expect.poll(() => away.draft()).toContain('装在东墙。');
	await expect.poll(() => away.draft()).toContain('离地两米。');
});

async function linkOn(browser: Browser): Promise<string> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(laptop.address);
	const link = await shownLink(page);
	await context.close();
	return link;
}

async function type({ page }: Neighbor, words: string): Promise<void> {
	await page.locator('.ProseMirror p').first().click();
	await expect(page.locator('.ProseMirror')).toBeFocused();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(words);
}
