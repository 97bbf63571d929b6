import { expect, test } from '@playwright/test';
import { eventually } from '../support/wait.ts';
import {
	addWithoutPhone,
	admit,
	advance,
	certify,
	closeVote,
	follow,
	found,
	freezeProposal,
	giveRole,
	invite,
	join,
	meet,
	press,
	propose,
	vote,
} from './support/acts.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';

const SAVED = '已保存，大家都能看到';
/** UX 2: the state line is right within 3 s of a real loss; a little more for the machine that measures it. */
const TRUTH_MS = 3500;
const PEOPLE = 6;
/** People do not type faster than an editor moves its caret; a machine does. */
const KEYSTROKE_MS = 30;

let relay: RelayProcess;
const neighbors: Neighbor[] = [];

test.beforeAll(async () => {
	relay = await RelayProcess.start();
});
test.afterAll(async () => {
	for (const neighbor of neighbors) await neighbor.leave();
	await relay.stop();
});

test('[E2E-1] one case from topic to public outcome, with a phone offline in the middle', async ({ browser }) => {
	test.setTimeout(240_000);
	const arrive = async (name: string, viewport?: typeof PHONE): Promise<Neighbor> => {
		const neighbor = await Neighbor.arrive(browser, relay, name, viewport);
		neighbors.push(neighbor);
		return neighbor;
	};
	const [convener, tellerOne, tellerTwo] = [await arrive('王芳'), await arrive('李建国'), await arrive('陈玉梅')];
	const [phone, member] = [await arrive('赵秀英', PHONE), await arrive('周明')];
	const everybody = [convener, tellerOne, tellerTwo, phone, member];
	let topic = '';
	let meeting = '';

	await test.step('the corner is founded, and neighbors join', async () => {
		await found(convener, relay, '翡翠郡议事角');
		await expect(convener.stateLine).toContainText(SAVED);
		const invitation = await invite(convener);
		for (const neighbor of [tellerOne, tellerTwo, phone, member]) {
			await join(neighbor, invitation, '2号楼');
			await admit(convener, neighbor);
		}
		await giveRole(convener, tellerOne, '监票人');
		await giveRole(convener, tellerOne, '记录员');
		await giveRole(convener, tellerTwo, '监票人');
		await addWithoutPhone(convener, '马大爷', '5号楼');
	});

	await test.step('a topic is raised and goes to consultation', async () => {
		topic = await propose(phone, '日间照料中心引入专业机构');
		await convener.visit(topic);
		await advance(convener, '调研');
		await advance(convener, '协商');
	});

	await test.step('[PROC-5] another topic is raised under another procedure', async () => {
		await propose(phone, '楼道堆物', '现场协商');
		const steps = phone.page.getByRole('list', { name: '议到哪一步' });
		await expect(steps).toContainText('落实');
		await phone.visit(topic);
		await expect(steps).toContainText('研究');
	});

	await test.step('three write the same paragraph at once, while the relay is killed and comes back', async () => {
		await member.visit(topic);
		await write(convener, '照料中心一直由志愿者轮流管理。');
		await eventually(async () => expect(await phone.draft()).toContain('轮流管理'));
		await relay.kill();
		await expect(phone.stateLine).toContainText('连不上服务器', { timeout: TRUTH_MS });
		await Promise.all([
			write(convener, '来的老人越来越多。'),
			write(phone, '志愿者抽不出时间。'),
			write(member, '请一家专业机构统一管理。'),
		]);
		await expect(phone.stateLine).toContainText('1 条修改尚未发送');
		await relay.restart();
		await sameDraft([convener, phone, member], ['越来越多', '抽不出时间', '统一管理']);
		for (const neighbor of [convener, phone, member]) await expect(neighbor.stateLine).toContainText(SAVED);
	});

	await test.step('the phone loses its network, writes on, and reloads offline', async () => {
		await phone.installed();
		phone.network.cut();
		await expect(phone.stateLine).toContainText('连不上服务器', { timeout: TRUTH_MS });
		await write(phone, '志愿者转为陪伴和监督。');
		await expect(phone.stateLine).toContainText('已保存在本机');
		await expect(phone.stateLine).toContainText('1 条修改尚未发送');
		await write(convener, '收费每年公布一次。');
		await phone.page.reload();
		await eventually(async () => expect(await phone.draft()).toContain('陪伴和监督'));
		await expect(phone.stateLine).toContainText('1 条修改尚未发送');
		expect(await phone.draft()).not.toContain('收费');
		phone.network.heal();
		await sameDraft([convener, phone, member], ['陪伴和监督', '收费每年公布一次']);
		await expect(phone.stateLine).toContainText(SAVED);
	});

	await test.step('the text is frozen, the council meets, and a vote is opened', async () => {
		await freezeProposal(convener);
		meeting = await meet(convener, PEOPLE);
		await follow(convener.page, '主持台');
		await press(convener.page, '开始表决');
		await expect(convener.page.getByText(`已投 0 人，实到 ${PEOPLE} 人`)).toBeVisible();
		await phone.visit('/app');
		await expect(phone.page.getByRole('link', { name: '去表决' })).toBeVisible();
	});

	await test.step('the phone votes offline, in four taps', async () => {
		await phone.installed();
		phone.network.cut();
		await expect(phone.stateLine).toContainText('连不上服务器', { timeout: TRUTH_MS });
		expect(await vote(phone, '同意')).toBe(4);
		await expect(phone.page.getByText(/已记在本机/)).toBeVisible();
		await expect(phone.stateLine).toContainText('1 条修改尚未发送');
		await phone.page.reload();
		await expect(phone.page.getByText(/已记在本机/)).toBeVisible();
	});

	await test.step('the others vote, and the relay is killed and comes back a second time', async () => {
		for (const voter of [convener, tellerOne, tellerTwo]) {
			await voter.visit('/app');
			await vote(voter, voter === tellerTwo ? '弃权' : '同意');
			await expect(voter.stateLine).toContainText(SAVED);
		}
		await relay.kill();
		await expect(member.stateLine).toContainText('连不上服务器', { timeout: TRUTH_MS });
		await member.visit('/app');
		await vote(member, '反对');
		await relay.restart();
		await expect(member.stateLine).toContainText(SAVED, { timeout: 30_000 });
		await convener.visit(`${meeting}/run`);
		await expect(convener.page.getByText(`已投 4 人，实到 ${PEOPLE} 人`)).toBeVisible();
	});

	await test.step('a neighbor without a phone is counted by hand by one teller and countersigned by the other', async () => {
		await tellerOne.visit(`${meeting}/run`);
		await tellerOne.page.getByText('录入举手票').click();
		await tellerOne.page.getByRole('checkbox', { name: /马大爷/ }).check();
		await tellerOne.page.getByRole('textbox', { name: '同意' }).fill('1');
		await press(tellerOne.page, '保存举手票');
		await tellerTwo.visit(`${meeting}/run`);
		await press(tellerTwo.page, '核对无误，我确认');
		await expect(convener.page.getByText(`已投 5 人，实到 ${PEOPLE} 人`)).toBeVisible();
	});

	await test.step('the phone returns before the closing, and its ballot counts', async () => {
		phone.network.heal();
		await expect(phone.page.getByText('已送达')).toBeVisible({ timeout: 30_000 });
		await expect(phone.stateLine).toContainText(SAVED);
		await expect(convener.page.getByText(`已投 6 人，实到 ${PEOPLE} 人`)).toBeVisible();
		await closeVote(convener);
		await certify(tellerOne);
		await certify(tellerTwo);
		for (const neighbor of [tellerOne, tellerTwo]) {
			await expect(neighbor.page.getByText('通过。应到 6 人，实到 6 人，同意 4 人。')).toBeVisible();
			await expect(neighbor.page.getByText('重新数过：一致')).toBeVisible();
		}
	});

	await test.step('everybody who holds the poll holds the same poll', async () => {
		const result = new URL(tellerOne.page.url()).pathname;
		await convener.visit(result);
		const hashes = await Promise.all([convener, tellerOne, tellerTwo].map(pollHash));
		expect(new Set(hashes).size).toBe(1);
		await phone.visit(result);
		await expect(phone.page.getByText('您自己的票在计票清单里')).toBeVisible();
		await expect.poll(() => pollHash(phone)).toBe(hashes[0]);
	});

	await test.step('minutes are filled from what happened, completed together, frozen, agreed to and approved', async () => {
		const minutes = `${topic}/minutes`;
		await tellerOne.visit(minutes);
		await tellerTwo.visit(minutes);
		await press(tellerOne.page, '按会议情况填写');
		await eventually(async () => expect(await tellerTwo.draft()).toContain('社区茶亭'));
		await write(tellerTwo, '同意引入专业机构，由居委会签订协议。');
		await eventually(async () => expect(await tellerOne.draft()).toContain('由居委会签订协议'));
		await press(tellerOne.page, '定稿');
		await tellerOne.page.getByRole('dialog').getByRole('button', { name: '定稿', exact: true }).click();
		for (const neighbor of [tellerTwo, phone]) {
			await neighbor.visit(minutes);
			await press(neighbor.page, '同意这份纪要');
			await expect(neighbor.page.getByText('您已经同意这份纪要')).toBeVisible();
		}
		await convener.visit(minutes);
		await expect(convener.page.getByText('已同意 2 人，需要 2 人')).toBeVisible();
		await press(convener.page, '批准纪要');
		await expect(convener.page.getByText('已批准')).toBeVisible();
	});

	await test.step('the outcome is published, and the public reads it', async () => {
		await convener.visit(topic);
		await advance(convener, '研究');
		await advance(convener, '公示');
		await convener.visit(`${topic}/publish`);
		await press(convener.page, '发布公示');
		await convener.page.getByRole('dialog').getByRole('button', { name: '发布公示', exact: true }).click();
		await tellerTwo.visit(`${topic}/publish`);
		await press(tellerTwo.page, '复核并同意公布');
		await expect(tellerTwo.page.getByText('已经公示', { exact: false }).first()).toBeVisible();
		const reader = await arrive('过路人');
		await eventually(async () => {
			await reader.visit('/');
			await reader.page.getByRole('link', { name: /日间照料中心/ }).click({ timeout: 1000 });
		});
		await expect(reader.page.getByRole('main')).toContainText('应到 6 人，实到 6 人，同意 4 人');
		await expect(reader.page.getByRole('main')).toContainText('由居委会签订协议');
		await expect(reader.page.getByRole('main')).not.toContainText('王芳');
	});

	await test.step('all devices have come to the same state', async () => {
		await eventually(async () => {
			for (const neighbor of everybody) await neighbor.visit('/app/me');
			const hashes = await Promise.all(everybody.map(structureHash));
			expect(new Set(hashes).size).toBe(1);
		}, 20_000);
	});
});

/** Types at the end of the text, as a person does. */
async function write({ page }: Neighbor, words: string): Promise<void> {
	await page.locator('.ProseMirror p').first().click();
	await expect(page.locator('.ProseMirror')).toBeFocused();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(words, { delay: KEYSTROKE_MS });
}

async function sameDraft(writers: readonly Neighbor[], words: readonly string[]): Promise<void> {
	await eventually(async () => {
		const drafts = await Promise.all(writers.map((neighbor) => neighbor.draft()));
		for (const word of words) expect(drafts[0]).toContain(word);
		expect(new Set(drafts).size).toBe(1);
	}, 30_000);
}

const structureHash = ({ page }: Neighbor): Promise<string> => page.getByTestId('structure-hash').innerText();
const pollHash = ({ page }: Neighbor): Promise<string> => page.getByTestId('poll-hash').innerText();
