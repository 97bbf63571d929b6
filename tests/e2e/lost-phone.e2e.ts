import { expect, test, type Page } from '@playwright/test';
import { eventually } from '../support/wait.ts';
import { apply, invite, press, propose, vote } from './support/acts.ts';
import { tellEveryState, type EveryState } from './support/every-state.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

/** A phone that waits for a yes asks every 20 seconds at the least. */
const LONGEST_WAIT = 30_000;
const SAVED = '已保存，大家都能看到';
const STOLEN_TOPIC = '地下车位低价转让';
const HONEST_TOPIC = '3号楼的楼道灯不亮';
/** Written without a network: topics and the first words of three of their drafts. With a ballot and a card, ten. */
const TOPICS = ['雨棚漏水', '快递柜太少', '花坛补种', '门禁常坏', '垃圾桶移位'];
const DRAFTED = TOPICS.slice(-3);
const TEN = TOPICS.length + DRAFTED.length + 2;

let story: ToldStory;
let states: EveryState;
const neighbors: Neighbor[] = [];

test.beforeAll(async () => {
	story = await tellStoryToRelay();
});
test.afterAll(async () => {
	for (const neighbor of neighbors) await neighbor.leave();
	await story.end();
});

test('[PEOPLE-7] a stolen phone is ended from the first bad record on, and nothing honest is lost', async ({
	browser,
}) => {
	test.setTimeout(150_000);
	const arrive = async (name: string, viewport?: typeof PHONE): Promise<Neighbor> => {
		const neighbor = await Neighbor.arrive(browser, story.relay, name, viewport);
		neighbors.push(neighbor);
		return neighbor;
	};
	const [convener, teller] = [await arrive('周海燕'), await arrive('吴志强')];
	const [stolen, second] = [await arrive('郑秀兰', PHONE), await arrive('郑秀兰', PHONE)];
	const certified = `/app/vote/${story.poll}/result`;
	let before = { hash: '', text: '' };
	let stolenKey = '';

	await test.step('neighbors come in, and a vote was certified long before', async () => {
		for (const [index, guest] of [convener, teller, stolen].entries()) {
			await apply(guest, story.guests[index] ?? '', '6号楼');
			await expect(guest.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
		}
		states = tellEveryState(story);
		await story.offer();
		await propose(stolen, HONEST_TOPIC);
		before = await certifiedResult(teller, certified);
	});

	await test.step('[PEOPLE-8] a second phone comes in by a link there and a code back, and serves once', async () => {
		const { page } = stolen;
		await stolen.visit('/app/me/devices/add');
		const question = fragmentOf(await page.getByLabel('也可以把链接发给自己').inputValue());
		await second.visit(`/join#${question}`);
		await press(second.page, '在这台手机上用');
		await expect(second.page.getByRole('heading', { name: '用您的另一台手机扫这个码' })).toBeVisible();
		await expect(second.page.getByText('正在等您的那一台点“加上”。')).toBeVisible();
		const answer = fragmentOf(await second.page.getByLabel('也可以把链接发给自己').inputValue());

		await page.getByLabel('8 位码').fill('A1');
		await press(page, '查一下');
		await expect(page.getByText('邀请码是 8 个字母和数字')).toBeVisible();
		await stolen.visit(`/app/me/devices/add#${answer.replace(/^.{8}/, '00000000')}`);
		await expect(page.getByText('这台手机要进的是另一个议事角，没有加。')).toBeVisible();

		await press(second.page, '不能扫？要一个 8 位码');
		const code = await second.page
			.getByText(/^8 位码：/)
			.locator('strong')
			.innerText();
		await stolen.visit('/app/me/devices/add');
		await page.getByLabel('8 位码').fill(code.toLowerCase());
		await press(page, '查一下');
		await expect(page.getByRole('heading', { name: '加上这台手机？' })).toBeVisible();
		await press(page, '加上');
		await expect(page.getByRole('heading', { name: '我的手机' })).toBeVisible();
		await expect(second.page.getByRole('heading', { name: /^今天/ })).toBeVisible({ timeout: LONGEST_WAIT });

		await stolen.visit(`/app/me/devices/add#${answer}`);
		await expect(page.getByText('这台手机已经加过了。')).toBeVisible();
	});

	await test.step('the second phone loses its network and writes ten things', async () => {
		await second.installed();
		await expect(second.stateLine).toContainText(SAVED);
		second.network.cut();
		for (const title of TOPICS) {
			await propose(second, title);
			if (DRAFTED.includes(title)) await write(second.page, `${title}：请物业来看。`);
		}
		await second.visit(`/app/vote/${states.remote.poll}`);
		await second.page.getByRole('radio', { name: '同意' }).check();
		await press(second.page, '下一步：核对');
		await press(second.page, '提交');
		await expect(second.page.getByRole('heading', { name: '投票回执' })).toBeVisible();
		await second.visit('/app/roster');
		await second.page.getByRole('link', { name: /郑秀兰/ }).click();
		await second.page.getByRole('link', { name: '修改资料' }).click();
		await press(second.page, '志愿者');
		await press(second.page, '保存');
		await expect(second.stateLine).toContainText(`${TEN} 条修改尚未发送`);
	});

	await test.step('the first phone is stolen, and the thief writes and votes', async () => {
		await stolen.visit('/app/me');
		stolenKey = (await stolen.page.getByText(/这台手机的钥匙/).innerText()).slice(-8);
		await propose(stolen, STOLEN_TOPIC);
		await stolen.visit('/app');
		await vote(stolen, '反对');
		await expect(stolen.stateLine).toContainText(SAVED);
		await stolen.visit('/app');
	});

	await test.step('[PEOPLE-5] what it will undo is shown before the convener ends the phone', async () => {
		const { page } = convener;
		await convener.visit('/app/topics');
		await expect(page.getByText(STOLEN_TOPIC)).toBeVisible();
		await considerEnding(convener, `注销：手机 ${stolenKey}`, '手机被偷了', STOLEN_TOPIC);
		await expect(page.getByText('提议题 1 条')).toBeVisible();
		await expect(page.getByText('投票 1 条')).toBeVisible();
		await expect(page.getByRole('listitem').filter({ hasText: '登记手机' })).toHaveCount(0);
		await endPhone(convener);
	});

	await test.step('[PEOPLE-6] the stolen phone says that it was ended, and writes nothing more', async () => {
		await expect(stolen.page.getByRole('heading', { name: '这台手机已被注销' })).toBeVisible();
		await stolen.page.reload();
		await expect(stolen.page.getByRole('heading', { name: '这台手机已被注销' })).toBeVisible();
		await press(stolen.page, '继续看内容');
		await expect(stolen.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
		await expect(stolen.page.getByRole('link', { name: '去表决' })).toHaveCount(0);
	});

	await test.step('the second phone returns: all ten stand, and nothing of the thief does', async () => {
		second.network.heal();
		await expect(second.stateLine).toContainText(SAVED, { timeout: 30_000 });
		for (const neighbor of [second, convener, teller]) {
			await neighbor.visit('/app/topics');
			for (const title of [...TOPICS, HONEST_TOPIC]) await expect(neighbor.page.getByText(title)).toBeVisible();
			await expect(neighbor.page.getByText(STOLEN_TOPIC)).toHaveCount(0);
		}
		for (const title of DRAFTED) {
			await convener.visit('/app/topics');
			await convener.page.getByRole('link', { name: new RegExp(title) }).click();
			await eventually(async () => expect(await convener.draft()).toContain(`${title}：请物业来看。`));
		}
		await convener.visit('/app/roster');
		await expect(convener.page.getByRole('link', { name: /郑秀兰/ })).toContainText('志愿者');
	});

	await test.step('the honest ballot counts, and the thief’s does not', async () => {
		await convener.visit(`/app/topics/${states.remote.topic}/vote`);
		await expect(convener.page.getByText(/^已投 1 人/)).toBeVisible();
		await press(convener.page, '结束表决');
		await convener.page.getByRole('dialog').getByRole('button', { name: '结束表决', exact: true }).click();
		await expect(convener.page.getByRole('button', { name: '结束表决' })).toHaveCount(0);
		await convener.visit(`/app/vote/${states.remote.poll}/result`);
		await expect(convener.page.getByRole('row', { name: '同意 1', exact: true })).toBeVisible();
		await expect(convener.page.getByRole('row', { name: '反对 0', exact: true })).toBeVisible();
	});

	await test.step('the certified vote is what it was, and all devices agree', async () => {
		expect(await certifiedResult(teller, certified)).toEqual(before);
		expect(await certifiedResult(convener, certified)).toEqual(before);
		await eventually(async () => {
			const devices = [convener, teller, second];
			for (const device of devices) await device.visit('/app/me');
			const hashes = await Promise.all(devices.map(structureHash));
			expect(new Set(hashes).size).toBe(1);
		}, 20_000);
	});
});

test('[JOIN-4] a spoken code lets somebody ask in, who may never be registered', async ({ browser }) => {
	const [officer, stranger] = [
		await Neighbor.arrive(browser, story.relay, '孙主任'),
		await Neighbor.arrive(browser, story.relay, '冯国庆', PHONE),
	];
	neighbors.push(officer, stranger);
	await apply(officer, story.guests[0] ?? '', '1号楼');
	await expect(officer.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	await invite(officer);
	await press(officer.page, '再要一个能念的 8 位码');
	const code = await officer.page
		.getByText(/^8 位码：/)
		.locator('strong')
		.innerText();

	await stranger.visit('/join');
	await stranger.page.getByLabel('8 位码').fill('2222 2222');
	await press(stranger.page, '查一下');
	await expect(stranger.page.getByText(/没有这个邀请码/)).toBeVisible();
	await stranger.page.getByLabel('8 位码').fill(code.replace(' ', '-').toLowerCase());
	await press(stranger.page, '查一下');
	await stranger.page.getByLabel('姓名').fill(stranger.name);
	await stranger.page.getByLabel('楼号').fill('9号楼');
	await press(stranger.page, '加入');
	await expect(stranger.page.getByRole('heading', { name: '等待登记' })).toBeVisible();
	await expect(stranger.page.getByText(/一直没有登记的话/)).toBeVisible();

	await officer.visit('/app/roster');
	const asked = officer.page.getByRole('listitem').filter({ hasText: '冯国庆' });
	await expect(asked).toContainText('申请');
	await officer.page.getByLabel(/不认得.*冯国庆/).click();
	await press(officer.page, '不是我们的人，不再显示');
	await expect(officer.page.getByText('冯国庆')).toHaveCount(0);
	await officer.page.reload();
	await expect(officer.page.getByRole('button', { name: '显示隐藏的 1 人' })).toBeVisible();
	await expect(officer.page.getByText('冯国庆')).toHaveCount(0);
	await stranger.page.reload();
	await expect(stranger.page.getByRole('heading', { name: '等待登记' })).toBeVisible();
});

test('[PEOPLE-2] who lost the only phone comes in anew, under the old name, and submits again what fell', async ({
	browser,
}) => {
	const [officer, member] = [
		await Neighbor.arrive(browser, story.relay, '孙主任'),
		await Neighbor.arrive(browser, story.relay, '郑秀兰', PHONE),
	];
	neighbors.push(officer, member);
	for (const [guest, link] of [[officer, 0] as const, [member, 2] as const]) {
		await apply(guest, story.guests[link] ?? '', '8号楼');
		await expect(guest.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	}
	await propose(member, '八号楼门口积水');
	await expect(member.stateLine).toContainText(SAVED);
	await member.installed();
	member.network.cut();
	await considerEnding(officer, /^注销：手机/, '手机丢了', '八号楼门口积水');
	await endPhone(officer);
	const invitation = await invite(officer);

	await test.step('[PEOPLE-10] the phone hears of it when it comes back', async () => {
		member.network.heal();
		await member.visit('/app');
		await expect(member.page.getByText(/^孙主任在 .* 办的。$/)).toBeVisible();
	});
	await apply(member, invitation, '8号楼');
	await expect(member.page.getByRole('heading', { name: '等待登记' })).toBeVisible();
	await officer.visit('/app/roster');
	await officer.page.getByLabel(/不认得.*郑秀兰/).click();
	const names = officer.page.getByRole('combobox', { name: /是已有成员换的新手机/ });
	// Who shares the name is told apart by the building, and by a title that this one has not.
	const old = names.getByRole('option', { name: /^郑秀兰( 8号楼)?$/ });
	await names.selectOption((await old.getAttribute('value')) ?? '');
	await press(officer.page, '登记为这位成员的手机');
	await member.page.getByRole('link', { name: '去看看' }).click();
	await expect(member.page.getByRole('checkbox')).not.toBeChecked();
	await member.page.getByRole('checkbox').check();
	await press(member.page, '重新提交 1 条');
	await expect(member.page.getByText('没有失效的内容。')).toBeVisible();
	await officer.visit('/app/topics');
	await expect(officer.page.getByText('八号楼门口积水')).toHaveCount(1);
});

/** Up to the page that shows what it would undo. */
async function considerEnding(officer: Neighbor, phone: string | RegExp, reason: string, firstBad: string) {
	const { page } = officer;
	await officer.visit('/app/roster');
	await page
		.getByRole('link', { name: /郑秀兰/ })
		.last()
		.click();
	await page.getByRole('link', { name: phone }).click();
	await page.getByRole('radio', { name: reason }).check();
	await press(page, '下一步');
	await page.getByRole('radio', { name: `提议题：${firstBad}` }).check();
	await press(page, '下一步：看会撤掉什么');
}

async function endPhone({ page }: Neighbor): Promise<void> {
	await press(page, '注销这台手机…');
	await page.getByRole('dialog').getByRole('button', { name: '注销这台手机' }).click();
	await expect(page.getByRole('heading', { name: '郑秀兰的这台手机已注销' })).toBeVisible();
}

async function certifiedResult(neighbor: Neighbor, path: string): Promise<{ hash: string; text: string }> {
	await neighbor.visit(path);
	await expect(neighbor.page.getByText('重新数过：一致')).toBeVisible();
	const hash = await neighbor.page.getByTestId('poll-hash').innerText();
	return { hash, text: await neighbor.page.getByText(/^通过。/).innerText() };
}

async function write(page: Page, words: string): Promise<void> {
	await page.locator('.ProseMirror p').first().click();
	await expect(page.locator('.ProseMirror')).toBeFocused();
	await page.keyboard.type(words, { delay: 20 });
}

const fragmentOf = (link: string): string => link.split('#')[1] ?? '';
const structureHash = ({ page }: Neighbor): Promise<string> => page.getByTestId('structure-hash').innerText();
