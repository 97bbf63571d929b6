import { expect, test } from '@playwright/test';
import { addWithoutPhone, follow, found, press } from './support/acts.ts';
import { Neighbor } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';

let relay: RelayProcess;
let convener: Neighbor;

test.beforeAll(async ({ browser }) => {
	relay = await RelayProcess.start();
	convener = await Neighbor.arrive(browser, relay, '周海燕');
	await found(convener, relay, '说错了的议事角');
});
test.afterAll(async () => {
	await convener.leave();
	await relay.stop();
});

test('[UNDO-1] a place that was added and a role that was given are taken back from the notice', async () => {
	const { page } = convener;

	await test.step('a place', async () => {
		await add('三号院');
		await press(page, '撤销');
		await expect(page.getByRole('listitem').filter({ hasText: '三号院' })).toHaveCount(0);
		await expect(page.getByText('已添加“三号院”。')).toHaveCount(0);
	});

	await test.step('for ten seconds and no shorter', async () => {
		await page.clock.install();
		await page.clock.pauseAt(Date.now() + 60_000);
		await add('四号院');
		await page.clock.runFor(10_000);
		await expect(page.getByText('已添加“四号院”。')).toBeVisible();
		await page.clock.runFor(10_000);
		await expect(page.getByText('已添加“四号院”。')).toHaveCount(0);
		await expect(page.getByRole('listitem').filter({ hasText: '四号院' })).toBeVisible();
		await page.clock.resume();
	});

	await test.step('a role', async () => {
		await addWithoutPhone(convener, '马大爷', '5号楼');
		await convener.visit('/app/roster');
		await follow(page, /马大爷/);
		await press(page, '请担任监票人：马大爷');
		await expect(page.getByText('马大爷现在担任监票人。')).toBeVisible();
		await expect(page.getByRole('link', { name: '结束监票人：马大爷' })).toBeVisible();
		await press(page, '撤销');
		await expect(page.getByRole('link', { name: '结束监票人：马大爷' })).toHaveCount(0);
		await page.reload();
		await expect(page.getByRole('button', { name: '请担任监票人：马大爷' })).toBeVisible();
	});
});

test('[PLACE-4] somebody who was put down in no courtyard, or in the wrong one, is moved where the card is changed', async () => {
	const { page } = convener;
	for (const place of ['五号院', '六号院']) await add(place, '院落');
	await addWithoutPhone(convener, '钱婶', '6号楼');
	for (const place of ['五号院', '六号院', '不填']) {
		await convener.visit('/app/roster');
		await follow(page, /钱婶/);
		await follow(page, '修改资料');
		// Exactly: the page before has a field whose label ends like this one.
		await page.getByLabel('哪个院落', { exact: true }).selectOption(place);
		await press(page, '保存');
		await expect(page.getByRole('heading', { name: '钱婶' })).toBeVisible();
		await expect(page.getByRole('paragraph').filter({ hasText: /^[五六]号院$/ })).toHaveText(
			place === '不填' ? [] : [place],
		);
	}
});

async function add(place: string, kind?: string): Promise<void> {
	const { page } = convener;
	await convener.visit('/app/roster/places');
	await press(page, '添加地点');
	if (kind !== undefined) await page.getByLabel('是什么').selectOption(kind);
	await page.getByLabel('名称').fill(place);
	await press(page, '添加');
	await expect(page.getByText(`已添加“${place}”。`)).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: place })).toBeVisible();
}
