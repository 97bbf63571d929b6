import { expect, test, type Browser } from '@playwright/test';
import { shortHash } from '#core/kernel/ids.ts';
import { formatRelayCard, parseRelayCard, type RelayCard } from '#core/wire/relay-card.ts';
import { admit, follow, found, invite, join, press, propose } from './support/acts.ts';
import { Laptop } from './support/laptop.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';
import { shownLink } from './support/shown-code.ts';

const NOBODYS_PORT = 9;
const YEAR = 366 * 24 * 3600 * 1000;

let home: RelayProcess;
let laptop: Laptop;
/** Of the same name. */
let other: Laptop;
let convener: Neighbor;
let member: Neighbor;
let away: Neighbor;
let code: string;
let otherCode: string;

test.describe.configure({ mode: 'serial' });
test.beforeAll(async ({ browser }) => {
	home = await RelayProcess.start({ FOUNDING: 'open' });
	[laptop, other] = [await Laptop.start('三号院的笔记本'), await Laptop.start('三号院的笔记本')];
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
	[code, otherCode] = [await codeOn(browser, laptop), await codeOn(browser, other)];
});
test.afterAll(async () => {
	for (const neighbor of [convener, member, away]) await neighbor.leave();
	for (const each of [laptop, other]) await each.stop();
	await home.stop();
});

const arrive = (browser: Browser, name: string) => Neighbor.arrive(browser, home, name, PHONE);
const scan = (neighbor: Neighbor) => neighbor.visit(`/app/courtyard${code}`);
const scanCard = (neighbor: Neighbor, changed: Partial<RelayCard>) =>
	neighbor.visit(formatRelayCard('', { ...cardOf(code), ...changed }));
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
	for (const neighbor of [convener, member]) await neighbor.installed();
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

test('[REACH-6] a code from before the laptop moved finds nobody; the one on its screen brings the phone back', async () => {
	const { page } = away;
	await scanCard(away, { port: NOBODYS_PORT });
	await press(page, '连接院里');
	await expect(page.getByRole('alert')).toContainText('请扫它屏幕上现在的码', { timeout: 15_000 });
	await scan(away);
	await press(page, '连接院里');
	await expect(page.getByText('院里在线。')).toBeVisible();
});

test('[REACH-6] [SLEEP-2] whoever answers while the laptop sleeps is told nothing, and the phone goes back to its own', async () => {
	const { page } = away;
	laptop.sleep();
	await expect(page.getByText('院里在线。')).toBeHidden();
	const { port } = cardOf(otherCode);
	await scanCard(away, { port });
	await press(page, '连接院里');
	await expect(page.getByRole('alert')).toContainText('没有发出任何内容');
	laptop.wake();
	await away.visit('/app/courtyard');
	await expect(page.getByText('院里在线。')).toBeVisible();
});

test('[CLOCK-1] a phone whose clock is a year ahead writes in the courtyard, and everybody reads it', async () => {
	await member.page.clock.setFixedTime(Date.now() + YEAR);
	await propose(member, '明年的事今年议');
	await expect(member.stateLine).toHaveText('已保存，大家都能看到');
	await convener.visit('/app/topics');
	await expect(convener.page.getByText('明年的事今年议').first()).toBeVisible();
});

test('[GONE-7] of two laptops under one name the convener stops the one that is meant', async () => {
	const { page } = convener;
	await convener.visit(`/app/courtyard${otherCode}`);
	await press(page, '登记并连接');
	await expect(page.getByText('院里在线。')).toBeVisible();
	await convener.visit('/app/roster/relays');
	await press(page, `停用三号院的笔记本（钥匙 ${shortHash(cardOf(code).relay)}）`);
	const question = page.getByRole('dialog');
	await expect(question).toContainText(shortHash(cardOf(code).relay));
	await question.getByRole('button', { name: '停用', exact: true }).click();
	await expect(page.getByText(shortHash(cardOf(code).relay))).toHaveCount(0);
	await expect(page.getByText('三号院的笔记本')).toHaveCount(1);
});

test('[GONE-6] whoever reads the code of a laptop that was stopped is told so; so is who was connected to it', async () => {
	const { page } = member;
	member.network.heal();
	await member.visit('/app/courtyard');
	await expect(page.getByText('这台笔记本已经停用')).toBeVisible();
	await scan(member);
	await expect(page.getByText('这台笔记本已经停用')).toBeVisible();
	await expect(page.getByRole('button', { name: /连接/ })).toHaveCount(0);
});

function cardOf(code: string): RelayCard {
	const card = parseRelayCard(`/app/courtyard${code}`);
	if (!card.ok) throw new Error(card.error);
	return card.value;
}

async function codeOn(browser: Browser, { address }: Laptop): Promise<string> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(address);
	const link = await shownLink(page);
	await context.close();
	return new URL(link).hash;
}

async function type({ page }: Neighbor, words: string): Promise<void> {
	await page.locator('.ProseMirror p').first().click();
	await expect(page.locator('.ProseMirror')).toBeFocused();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(words);
}
