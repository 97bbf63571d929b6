import { expect, test, type Page } from '@playwright/test';
import { gatherViewers, type ViewedStates, type Viewers } from './support/viewers.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

/** More than there is to pass on any of these pages. */
const MOST_TABS = 60;

let story: ToldStory;
let viewers: Viewers;
let states: ViewedStates;

test.beforeAll(async ({ browser }) => {
	test.setTimeout(120_000);
	story = await tellStoryToRelay();
	({ viewers, states } = await gatherViewers(browser, story));
});
test.afterAll(async () => {
	for (const viewer of Object.values(viewers)) await viewer.leave();
	await story.end();
});

test('[UI-9] an owner votes for another, gives a proxy and takes it back by keyboard alone, and sees where the focus is', async () => {
	const { page, visit } = viewers.member;
	await visit(`/app/vote/${states.owners.voting.poll}/proxy`);
	await reach(page, 'radio', '同意');
	await page.keyboard.press('Space');
	await activate(page, '核对并提交');
	await activate(page, '提交');
	await expect(page.getByText('已替孙德福投：同意')).toBeVisible();

	await reach(page, 'combobox', '委托给谁？');
	await page.keyboard.press('ArrowDown');
	await activate(page, '委托别人代投');
	await activate(page, '收回委托');
	await expect(page.getByLabel('委托给谁？')).toBeVisible();
});

test('[UI-9] a teller enters a paper and seals a station by keyboard alone', async () => {
	const { page, visit } = viewers.teller;
	await visit(`/app/vote/${states.owners.voting.poll}/result`);
	await reach(page, 'summary', '录入纸质票');
	await page.keyboard.press('Enter');
	await reach(page, 'textbox', '票上的编号');
	await page.keyboard.type('0009');
	await reach(page, 'textbox', '房号');
	await page.keyboard.type('1-101');
	await reach(page, 'radio', '同意');
	await page.keyboard.press('Space');
	await activate(page, '保存这一张');
	await expect(page.getByText('0009 号已记下')).toBeVisible();
	await activate(page, '封存本机的票');
	await activate(page, '封存本机的票');
	await expect(page.getByRole('button', { name: '封存本机的票' })).toHaveCount(0);
});

test('[UI-9] a household ranks options by keyboard alone, and the chair of a meeting closes its vote', async () => {
	const { page, visit } = viewers.member;
	await visit(`/app/vote/${states.choices.ranking.poll}`);
	await activate(page, '公共区域卫生保洁');
	await activate(page, '停车秩序维护');
	await expect(page.getByText('现在的顺序：公共区域卫生保洁、停车秩序维护')).toBeVisible();
	await activate(page, '下一步：核对');
	await activate(page, '提交');
	await expect(page.getByRole('heading', { name: '投票回执' })).toBeVisible();

	await visit(`/app/meetings/${states.presided}/run`);
	await activate(page, '结束表决');
	await activate(page, '结束表决');
	await expect(page.getByText('还要 2 位监票人确认', { exact: false })).toBeVisible();
});

test('[UI-9] who was left out objects by keyboard alone', async () => {
	const { page, visit } = viewers.member;
	await visit(`/app/vote/${states.owners.defective.poll}/result`);
	await activate(page, '我的票没有列入，提出异议');
	await activate(page, '提出异议');
	await expect(page.getByText('您已提出异议。')).toBeVisible();
});

/** Goes on with Tab until this has the focus, and sees that it shows. */
async function reach(
	page: Page,
	role: 'button' | 'radio' | 'combobox' | 'textbox' | 'summary',
	name: string,
): Promise<void> {
	const open = page.getByRole('dialog');
	const within = (await open.isVisible()) ? open : page.getByRole('main');
	const wanted =
		role === 'summary' ? within.locator('summary', { hasText: name }) : within.getByRole(role, { name }).first();
	await wanted.waitFor();
	for (let tabs = 0; tabs < MOST_TABS; tabs++) {
		if (await wanted.evaluate((element) => element === document.activeElement)) return showsFocus(page);
		await page.keyboard.press('Tab');
	}
	throw new Error(`Tab never reaches ${name}`);
}

async function activate(page: Page, button: string): Promise<void> {
	await reach(page, 'button', button);
	await page.keyboard.press('Enter');
}

/** UX 2.5: a ring of 3 px on what has the focus, or on the row around a box to tick. */
async function showsFocus(page: Page): Promise<void> {
	const widths = await page.evaluate(() => {
		const rings: number[] = [];
		for (let one = document.activeElement; one && rings.length < 4; one = one.parentElement) {
			const { outlineStyle, outlineWidth } = getComputedStyle(one);
			rings.push(outlineStyle === 'none' ? 0 : parseFloat(outlineWidth));
		}
		return rings;
	});
	expect(Math.max(...widths)).toBeGreaterThanOrEqual(3);
}
