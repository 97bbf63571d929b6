import { expect, test, type Browser } from '@playwright/test';
import { follow, press } from './support/acts.ts';
import { LAPTOP, Neighbor, PHONE } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';

const SAVED = '已保存，大家都能看到';
const ALONE = '只有您一位创建人。手机丢了，召集人的权限就没有人能收回。创建人以后不能再加。';

let relay: RelayProcess;
const people: Neighbor[] = [];

test.beforeAll(async () => {
	relay = await RelayProcess.start();
});
test.afterAll(async () => {
	for (const person of people) await person.leave();
	await relay.stop();
});

async function arrive(browser: Browser, name: string, viewport = LAPTOP): Promise<Neighbor> {
	const person = await Neighbor.arrive(browser, relay, name, viewport);
	people.push(person);
	return person;
}

test('[FOUND-5] two found together, and the convener’s role ends only when both have agreed', async ({ browser }) => {
	const convener = await arrive(browser, '周海燕');
	const partner = await arrive(browser, '李建国', PHONE);
	const { page } = convener;

	await test.step('[FOUND-4] who founds alone is told what that means', async () => {
		await convener.visit(`/app/found#${relay.foundingCode}`);
		await page.getByLabel('议事角名称').fill('一起创建的议事角');
		await press(page, '下一步');
		await page.getByLabel('姓名').fill('周海燕');
		await page.getByLabel('楼号').fill('1号楼');
		await press(page, '下一步');
		await expect(page.getByText(ALONE)).toBeVisible();
		await press(page, '下一步：核对');
		await expect(page.getByText(ALONE)).toBeVisible();
		await page.getByRole('button', { name: /创建人只有您一位/ }).click();
	});

	await test.step('another phone is asked by a link, and answers by a link into another tab', async () => {
		await press(page, '请一个人一起创建');
		await partner.visit(`/join#${await linkOn(convener)}`);
		await partner.page.getByLabel('姓名').fill('李建国');
		await partner.page.getByLabel('楼号').fill('2号楼');
		await press(partner.page, '一起创建');
		await expect(partner.page.getByRole('heading', { name: '请对方扫这个码' })).toBeVisible();
		const answer = await linkOn(partner);
		await partner.page.reload();
		expect(await linkOn(partner)).toBe(answer);

		await convener.visit(`/app/found#${answer.replace(/^(cofounder\.)../, '$100')}`);
		await expect(page.getByText('这个回码不是给这一次创建的，没有加。')).toBeVisible();
		await convener.visit(`/app/found#${answer}`);
		await expect(page.getByRole('heading', { name: '李建国和您一起创建？' })).toBeVisible();
		await press(page, '加上李建国');
		await expect(page.getByText(ALONE)).toHaveCount(0);
		await expect(page.getByRole('radio', { name: '2 位都同意' })).toBeChecked();
	});

	await test.step('[FOUND-3] once it is founded, the co-founder comes in by a spoken code', async () => {
		await press(page, '下一步：核对');
		await press(page, '创建');
		await expect(page.getByText('还有 1 位创建人没进来')).toBeVisible();
		await press(page, '再要一个能念的 8 位码');
		const code = await page
			.getByText(/^8 位码：/)
			.locator('strong')
			.innerText();
		await partner.page.getByLabel('8 位码').fill(code);
		await press(partner.page, '查一下');
		await press(partner.page, '进入议事角');
		await expect(partner.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
		await expect(partner.stateLine).toHaveText(SAVED);
		await expect(page.getByText('创建人都进来了。')).toBeVisible();
	});

	await test.step('one of two founders ends the role, and it goes on', async () => {
		await partner.visit('/app/roster');
		await follow(partner.page, /周海燕/);
		await partner.page.getByRole('link', { name: '结束召集人：周海燕' }).click();
		await partner.page.getByRole('radio', { name: '任期满了' }).check();
		await press(partner.page, '下一步');
		await press(partner.page, '结束职务…');
		await partner.page.getByRole('dialog').getByRole('button', { name: '结束职务' }).click();
		await expect(partner.page.getByText(/等另外的创建人在名册里同意/)).toBeVisible();
		await expect(partner.stateLine).toHaveText(SAVED);
		await partner.visit('/app/roster');
		await expect(partner.page.getByRole('link', { name: /周海燕/ })).toContainText('召集人');
	});

	await test.step('the other founder agrees, and it is over on both phones', async () => {
		await convener.visit('/app/roster');
		await press(page, '同意…');
		await page.getByRole('dialog').getByRole('button', { name: '同意' }).click();
		for (const { page: shown } of [convener, partner])
			await expect(shown.getByRole('link', { name: /周海燕/ })).not.toContainText('召集人');
		await expect(page.getByRole('heading', { name: '要您同意的' })).toHaveCount(0);
	});
});

/** The fragment of the link that a phone offers to be sent. */
async function linkOn({ page }: Neighbor): Promise<string> {
	const link = await page.getByLabel('也可以把链接发给对方').inputValue();
	return link.split('#')[1] ?? '';
}
