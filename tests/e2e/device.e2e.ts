import { expect, test, type Browser, type CDPSession, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { admit, found, giveRole, invite, join, press, propose } from './support/acts.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';
import { must } from '../support/must.ts';
import { connect } from '../support/relay-client.ts';

const QUOTA = 16_000_000;
/** A phone that waits for a yes asks every 20 seconds at the least. */
const LONGEST_WAIT = 30_000;
const SAVED = '已保存，大家都能看到';

let relay: RelayProcess;
const people: Neighbor[] = [];

test.beforeAll(async () => {
	relay = await RelayProcess.start({ FOUNDING: 'open' });
});
test.afterEach(async () => {
	for (const person of people.splice(0)) await person.leave();
});
test.afterAll(async () => {
	await relay.stop();
});

async function arrive(browser: Browser, name: string): Promise<Neighbor> {
	const person = await Neighbor.arrive(browser, relay, name, PHONE);
	people.push(person);
	return person;
}

async function convenerOf(browser: Browser, corner: string): Promise<Neighbor> {
	const convener = await arrive(browser, '周海燕');
	await found(convener, relay, corner);
	await expect(convener.stateLine).toHaveText(SAVED);
	return convener;
}

/** The developer's door to the browser, for what no page can do to itself. */
function inspect({ page }: Neighbor): Promise<CDPSession> {
	return page.context().newCDPSession(page);
}

test('[KEY-3] a browser without Ed25519 founds, writes, and signs still after a reload', async ({ browser }) => {
	const convener = await arrive(browser, '周海燕');
	await convener.page.addInitScript(withoutEd25519);
	await found(convener, relay, '旧手机的议事角');
	await propose(convener, '楼道灯不亮');
	await expect(convener.stateLine).toHaveText(SAVED);
	await convener.page.reload();
	await propose(convener, '车棚漏雨');
	await expect(convener.stateLine).toHaveText(SAVED);
	await convener.visit('/app/me');
	await expect(convener.page.getByText('这个浏览器自己不会签名')).toBeVisible();
});

test('[DEV-2] a full disk is said, stops the writing, shows what is unsent, and is over by itself', async ({
	browser,
}) => {
	const convener = await arrive(browser, '周海燕');
	const { page, origin } = convener;
	// From the beginning: Chromium looks only now and then at how much room there is.
	await (await inspect(convener)).send('Storage.overrideQuotaForOrigin', { origin, quotaSize: QUOTA });
	await found(convener, relay, '空间不足的议事角');
	const topic = await propose(convener, '加装充电桩');
	const text = page.locator('.ProseMirror');
	await text.fill('先写一句。');
	await expect(convener.stateLine).toHaveText(SAVED);
	await convener.installed();
	convener.network.cut();
	await page.evaluate(fillDisk);
	await text.press('Control+End');
	await page.keyboard.insertText('再写一句。');
	await expect(convener.stateLine).toContainText('手机空间不足');
	await expect(text).toHaveAttribute('contenteditable', 'false');
	await page.getByRole('link', { name: '怎么办' }).first().click();
	await expect(page.getByText('议事角在本机占')).toBeVisible();
	await expect(page.getByLabel(/草案/)).toHaveValue('先写一句。再写一句。');
	await expect(page.getByRole('button', { name: '存成文件' })).toBeVisible();

	await page.evaluate(() => void indexedDB.deleteDatabase('photos'));
	await expect(convener.stateLine).toContainText('1 条修改尚未发送');
	convener.network.heal();
	await press(page, '现在重试');
	await expect(convener.stateLine).toHaveText(SAVED);
	await convener.visit(topic);
	await expect(page.locator('.ProseMirror')).toContainText('再写一句');
});

test('[DEV-6] who finds this device cleared is stopped, and shown three ways back in', async ({ browser }) => {
	const convener = await convenerOf(browser, '被清掉的议事角');
	const { page, origin } = convener;
	await (
		await inspect(convener)
	).send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb,local_storage' });
	await expect(page.getByRole('heading', { name: '本机的资料被清除或关掉了' })).toBeVisible();
	await press(page, '重新打开');
	await page.getByRole('link', { name: '我以前用过' }).click();
	for (const way of ['用自己的另一台手机或电脑', '找召集人当面办', '去社区办公室']) {
		await expect(page.getByText(way)).toBeVisible();
	}
	await expect(page.getByRole('link', { name: '扫码或输入邀请码' })).toHaveAttribute('href', '/join');
});

test('[DEV-5] the browser is asked to keep things after the first edit, once, and its answer is told', async ({
	browser,
}) => {
	const convener = await arrive(browser, '周海燕');
	const { page } = convener;
	let asked = 0;
	await page.exposeFunction('noteAsked', () => asked++);
	await page.addInitScript(() => {
		const persist = navigator.storage.persist.bind(navigator.storage);
		navigator.storage.persist = async () => {
			await (globalThis as unknown as { noteAsked: () => Promise<void> }).noteAsked();
			return persist();
		};
	});
	await found(convener, relay, '第一次写');
	await convener.visit('/app/me/storage');
	await expect(page.getByText('您写下第一条内容以后')).toBeVisible();
	expect(asked).toBe(0);
	await propose(convener, '路灯');
	await propose(convener, '井盖');
	await convener.visit('/app/me/storage');
	await expect(page.getByText(/浏览器(答应|没有答应)/)).toBeVisible();
	expect(asked).toBe(1);
});

test('[DEV-8] several corners on one device: the last one shown opens again, and one can be taken off', async ({
	browser,
}) => {
	const convener = await convenerOf(browser, '第一个议事角');
	const { page } = convener;
	await convener.visit(`/app/found#${relay.foundingCode}`);
	await press(page, '再创建一个议事角');
	await fillIn(page, '第二个议事角');
	await convener.visit('/app/me/corners');
	await expect(page.getByRole('listitem').filter({ hasText: '第二个议事角' })).toContainText('正在看');
	await press(page, '切换到“第一个议事角”');
	await expect(page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	await page.reload();
	await convener.visit('/app/me/corners');
	await expect(page.getByRole('listitem').filter({ hasText: '第一个议事角' })).toContainText('正在看');
	await press(page, '清空本机');
	await page.getByRole('dialog').getByRole('button', { name: '清空本机' }).click();
	await page.waitForURL(/\/app$/);
	await convener.visit('/app/me/corners');
	await expect(page.getByText('本机有 1 个')).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: '第二个议事角' })).toContainText('正在看');
});

test('[WAIT-1] a new phone that was registered for somebody says whose yes it waits for, and comes in after it', async ({
	browser,
}) => {
	const convener = await convenerOf(browser, '换手机的议事角');
	const invitation = await invite(convener);
	const [registrar, old] = [await arrive(browser, '孙主任'), await arrive(browser, '吴志强')];
	for (const neighbor of [registrar, old]) {
		await join(neighbor, invitation, '2号楼');
		await admit(convener, neighbor);
	}
	await giveRole(convener, registrar, '名册管理员');
	const phone = await arrive(browser, '吴志强');
	await join(phone, invitation, '2号楼');

	const { page } = registrar;
	await registrar.visit('/app/roster');
	await page.getByText('院落、新手机、不认得…').click();
	await page.getByLabel('是已有成员换的新手机？').selectOption('吴志强');
	await press(page, '登记为这位成员的手机');
	await expect(phone.page.getByText('正在等您的旧手机或召集人点“同意”。')).toBeVisible();
	await expect(phone.page.getByText('邀请用完了或不对')).toHaveCount(0);
	await press(phone.page, '那边办好了，现在进来');
	await expect(phone.page.getByRole('heading', { name: '等待同意' })).toBeVisible();

	await old.visit('/app/me/devices');
	await press(old.page, /^同意：/);
	await expect(old.page.getByText('等待同意')).toHaveCount(0);
	await expect(old.stateLine).toHaveText(SAVED);
	await expect(phone.page.getByRole('heading', { name: /^今天/ })).toBeVisible({ timeout: LONGEST_WAIT });
});

test('[FILE-5] what was written without a network reaches the relay by a file and another device', async ({
	browser,
}) => {
	const convener = await convenerOf(browser, '带走的议事角');
	const member = await arrive(browser, '吴志强');
	await join(member, await invite(convener), '2号楼');
	await admit(convener, member);

	await convener.installed();
	convener.network.cut();
	const topic = await propose(convener, '没有网络时提的议题');
	await convener.visit('/app/me/file');
	const { file, name } = await save(convener);
	expect(name).toMatch(/^带走的议事角 \d{4}-\d\d-\d\d \d\d\.\d\d\.corner$/);

	await member.visit('/app/me/file');
	await choose(member, 'holiday.corner', Buffer.from('照片'));
	await expect(member.page.getByText('这不是议事角的文件')).toBeVisible();
	await choose(member, name, file.subarray(0, file.length / 2));
	await expect(member.page.getByText('文件不完整或坏了')).toBeVisible();
	await choose(member, `${name}.txt`, file);
	await expect(member.page.getByText(/取回了 \d+ 条记录/)).toBeVisible();
	await expect(member.stateLine).toHaveText(SAVED);
	await choose(member, name, file);
	await expect(member.page.getByText('文件里的内容本机都有')).toBeVisible();
	await member.visit(topic);
	await expect(member.page.getByRole('heading', { name: '没有网络时提的议题' })).toBeVisible();
});

test('[GONE-2] [GONE-3] the convener stops the server on screen; both phones say so and keep what is unsent', async ({
	browser,
}) => {
	const convener = await convenerOf(browser, '换服务器的议事角');
	const member = await arrive(browser, '吴志强');
	await join(member, await invite(convener), '2号楼');
	await admit(convener, member);
	await convener.visit('/app/roster/relays');
	await convener.page.getByLabel('服务器名称').fill('办公室电脑');
	await convener.page.getByLabel('服务器钥匙').fill(await keyOf(relay));
	await press(convener.page, '登记服务器');
	await press(convener.page, '停用办公室电脑');
	const question = convener.page.getByRole('dialog');
	await expect(question).toContainText('记录都在各人的手机上');
	await question.getByRole('button', { name: '停用', exact: true }).click();
	for (const { stateLine } of [convener, member]) await expect(stateLine).toContainText('这台服务器已停用');

	await propose(member, '停用以后提的议题');
	await expect(member.stateLine).toContainText('这台服务器已停用');
	await member.page.reload();
	await expect(member.page.getByRole('heading', { name: '停用以后提的议题' })).toBeVisible();
	await expect(member.stateLine).toContainText(/[1-9] 条修改尚未发送/);
});

/** As it shows it to whoever dials, before anybody proves anything. */
async function keyOf({ port }: RelayProcess): Promise<string> {
	const client = await connect(`127.0.0.1:${port}`, 'e'.repeat(64));
	client.end();
	return must(client.challenge).relay;
}

async function save({ page }: Neighbor): Promise<{ readonly file: Buffer; readonly name: string }> {
	const download = page.waitForEvent('download');
	await press(page, '存成文件');
	const saved = await download;
	return { file: await readFile(await saved.path()), name: saved.suggestedFilename() };
}

async function choose({ page }: Neighbor, name: string, buffer: Buffer): Promise<void> {
	const chooser = page.waitForEvent('filechooser');
	await press(page, '选文件');
	await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

async function fillIn(page: Page, corner: string): Promise<void> {
	await page.getByLabel('议事角名称').fill(corner);
	await press(page, '下一步');
	await page.getByLabel('姓名').fill('周海燕');
	await page.getByLabel('楼号').fill('1号楼');
	await press(page, '下一步');
	await press(page, '下一步：核对');
	await press(page, '创建');
	await expect(page.getByRole('heading', { name: '今天要您做的事' })).toBeVisible();
}

/** Somebody's photos take whatever room is left, to the last few bytes. */
async function fillDisk(): Promise<void> {
	const opening = indexedDB.open('photos');
	opening.onupgradeneeded = () => opening.result.createObjectStore('photos', { autoIncrement: true });
	await new Promise((resolve) => (opening.onsuccess = resolve));
	const put = (size: number) =>
		new Promise<boolean>((resolve) => {
			const writing = opening.result.transaction('photos', 'readwrite');
			writing.oncomplete = () => resolve(true);
			writing.onabort = () => resolve(false);
			writing.objectStore('photos').put(crypto.getRandomValues(new Uint8Array(size)));
		});
	for (const size of [60_000, 6000, 600, 60, 6]) while (await put(size));
	opening.result.close();
}

/** As Chrome was before 137. */
function withoutEd25519(): void {
	for (const name of ['generateKey', 'importKey'] as const) {
		const original = SubtleCrypto.prototype[name] as (...all: unknown[]) => Promise<unknown>;
		const forgetful = function (this: SubtleCrypto, ...all: unknown[]): Promise<unknown> {
			if (all.includes('Ed25519')) return Promise.reject(new DOMException('Unrecognized name', 'NotSupportedError'));
			return original.apply(this, all);
		};
		Object.defineProperty(SubtleCrypto.prototype, name, { value: forgetful });
	}
}
