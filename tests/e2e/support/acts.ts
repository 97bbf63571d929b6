import { expect, type Page } from '@playwright/test';
import type { PollId } from '#core/kernel/ids.ts';
import type { Person } from './person.ts';
import type { RelayProcess } from './relay-process.ts';

/** What people do, as they do it: by the words on the screen. Chinese, as the app opens in Chinese. */

export const press = (page: Page, name: string | RegExp): Promise<void> =>
	page
		.getByRole('button', { name, exact: typeof name === 'string' })
		.first()
		.click();
export const follow = (page: Page, name: string | RegExp): Promise<void> =>
	page.getByRole('main').getByRole('link', { name }).first().click();

/** In a dialog, which goes away once it is done. */
export async function confirm(page: Page, verb: string): Promise<void> {
	await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click();
	await expect(page.getByRole('dialog')).toBeHidden();
}

export async function found(
	convener: Person,
	relay: Pick<RelayProcess, 'foundingCode'>,
	corner: string,
): Promise<void> {
	const { page } = convener;
	await convener.visit(`/app/found#${relay.foundingCode}`);
	await page.getByLabel('议事角名称').fill(corner);
	await press(page, '下一步');
	await introduce(convener, '1号楼');
	await press(page, '下一步');
	await press(page, '下一步：核对');
	await press(page, '创建');
	await expect(page.getByRole('heading', { name: '今天要您做的事' })).toBeVisible();
}

/** Answers the fragment of the invitation link. */
export async function invite({ page, visit }: Person): Promise<string> {
	await visit('/app/roster/invite');
	await press(page, '做邀请二维码');
	const link = await page.getByLabel(/邀请链接/).inputValue();
	return link.split('#')[1] ?? '';
}

export async function join(newcomer: Person, invitation: string, building: string): Promise<void> {
	await apply(newcomer, invitation, building);
	await expect(newcomer.page.getByRole('heading', { name: '等待登记' })).toBeVisible();
}

export async function apply(newcomer: Person, invitation: string, building: string): Promise<void> {
	await fillInInvitation(newcomer, invitation, building);
	await press(newcomer.page, '加入');
}

/** Up to the button. */
export async function fillInInvitation(newcomer: Person, invitation: string, building: string): Promise<void> {
	await newcomer.visit(`/join#${invitation}`);
	await introduce(newcomer, building);
}

/** The convener admits; the newcomer's page turns into the home page by itself. */
export async function admit(convener: Person, newcomer: Person): Promise<void> {
	await convener.visit('/app/roster');
	await press(convener.page, `登记${newcomer.name}`);
	await expect(newcomer.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
}

export async function giveRole(convener: Person, member: Person, role: string): Promise<void> {
	const { page } = convener;
	await convener.visit('/app/roster');
	await follow(page, new RegExp(member.name));
	await press(page, `请担任${role}：${member.name}`);
	await expect(page.getByRole('button', { name: `请担任${role}：${member.name}` })).toBeHidden();
}

export async function addWithoutPhone(convener: Person, name: string, building: string): Promise<void> {
	const { page } = convener;
	await convener.visit('/app/roster/add');
	await page.getByLabel('姓名').fill(name);
	await page.getByLabel('楼号').fill(building);
	await page.getByRole('main').getByRole('button').last().click();
	await expect(page.getByRole('main').getByText(new RegExp(name))).toBeVisible();
}

/** Answers the path of the topic's page. `procedure`: left as it is chosen beforehand, unless said otherwise. */
export async function propose({ page, visit }: Person, title: string, procedure?: string): Promise<string> {
	await visit('/app/topics/new');
	await page.getByLabel('议题').fill(title);
	await press(page, '下一步');
	await page.getByRole('radio', { name: '公开征集来的' }).check();
	await press(page, '下一步');
	if (procedure !== undefined) await page.getByRole('radio', { name: procedure }).check();
	await press(page, '下一步');
	await page.getByRole('main').getByRole('button').last().click();
	await page.waitForURL(/\/topics\/[0-9a-f]{64}$/);
	return new URL(page.url()).pathname;
}

export async function advance({ page }: Person, step: string): Promise<void> {
	await press(page, `进入下一步：${step}`);
	await expect(page.getByRole('listitem').filter({ hasText: new RegExp(`${step}\\s*现在这一步`) })).toBeVisible();
}

export async function freezeProposal({ page }: Person): Promise<void> {
	await press(page, '定稿，提交表决…');
	await confirm(page, '定稿');
	await expect(page.getByRole('heading', { name: '定稿' })).toBeVisible();
}

/** Convenes for the topic on screen, opens, and takes the roll. Answers the path of the meeting's page. `absent`: names. */
export async function meet({ page }: Person, everybody: number, absent: readonly string[] = []): Promise<string> {
	await follow(page, '列入会议');
	await page.getByLabel('日期').fill('2026-12-05');
	await page.getByLabel('地点').fill('社区茶亭');
	await press(page, '下一步：核对');
	await press(page, '召集');
	await page.waitForURL(/\/meetings\/[0-9a-f]{64}$/);
	const meeting = new URL(page.url()).pathname;
	await press(page, '开会');
	await follow(page, '点名');
	const names = page.getByRole('checkbox');
	await expect(names).toHaveCount(everybody);
	for (const name of await names.all()) await name.check();
	for (const name of absent) await page.getByRole('checkbox', { name: new RegExp(name) }).uncheck();
	await press(page, '保存签到');
	await page.waitForURL(new RegExp(`${meeting}$`));
	await expect(page.getByText(`应到 ${everybody} 人，实到 ${everybody - absent.length} 人`)).toBeVisible();
	return meeting;
}

/** On the page of this poll. */
export async function voteOn({ page, visit }: Person, poll: PollId, choice: string): Promise<void> {
	await visit(`/app/vote/${poll}`);
	await page.getByRole('radio', { name: choice }).check();
	await press(page, '下一步：核对');
	await press(page, '提交');
	await expect(page.getByRole('heading', { name: '投票回执' })).toBeVisible();
}

/** From the home page to the receipt. Answers how many taps it took. */
export async function vote(voter: Person, choice: string): Promise<number> {
	const { page } = voter;
	const taps = [
		() => follow(page, '去表决'),
		() => page.getByRole('radio', { name: choice }).check(),
		() => press(page, '下一步：核对'),
		() => press(page, '提交'),
	];
	for (const tap of taps) await tap();
	await expect(page.getByRole('heading', { name: '投票回执' })).toBeVisible();
	return taps.length;
}

export async function closeVote({ page }: Person): Promise<void> {
	await press(page, '结束表决');
	await confirm(page, '结束表决');
}

export async function certify(teller: Person): Promise<void> {
	await teller.visit('/app');
	await certifyFromHome(teller);
}

export async function certifyFromHome({ page }: Person): Promise<void> {
	await follow(page, '去核对');
	await press(page, '核对并确认计票');
	await expect(page.getByRole('button', { name: '核对并确认计票' })).toBeHidden();
}

async function introduce({ page, name }: Person, building: string): Promise<void> {
	await page.getByLabel('姓名').fill(name);
	await page.getByLabel('楼号').fill(building);
}
