import { expect, test, type Browser, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { decodeCarriedFile } from '#core/bundle/carried-file.ts';
import type { PollId } from '#core/kernel/ids.ts';
import { must } from '../support/must.ts';
import { apply, follow, press } from './support/acts.ts';
import { filledRelay, type FilledRelay } from './support/filled-relay.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { OwnersStory } from './support/owners-story.ts';

// Six browsers share what one has in other tests.
test.setTimeout(180_000);

const OMITTED = '投票点封存的票有一张没有列入。';
const OWNERS = ['郑秀兰', '何淑琴', '林晓'];

interface Cast {
	readonly convener: Neighbor;
	readonly tellers: readonly [Neighbor, Neighbor];
	/** Witnesses of two stations without a network. */
	readonly witnesses: readonly [Neighbor, Neighbor];
	readonly voter: Neighbor;
}

let story: OwnersStory;
let filled: FilledRelay;
const people: Neighbor[] = [];

test.beforeAll(async () => {
	story = new OwnersStory();
	filled = await filledRelay(story.corner);
});
test.afterAll(async () => {
	for (const person of people) await person.leave();
	await filled.end();
});

test('[OWN-6] 300 flats, papers, proxies and two stations without a network; a ballot left out is named everywhere', async ({
	browser,
}) => {
	const { convener, tellers, witnesses, voter } = await gather(browser);
	for (const witness of witnesses) {
		await witness.installed();
		witness.network.cut();
	}

	await openVote(convener, witnesses);
	await expect.poll(() => story.poll?.n).toBe(259);
	const poll = must(story.poll).id;

	await test.step('[OWN-4] two stations vote without a network and seal', async () => {
		const handedIn = [story.vote(poll, 0, 20), story.vote(poll, 20, 40)];
		for (const [index, witness] of witnesses.entries()) {
			await open(witness, story.carried(must(handedIn[index])));
			await voteOn(witness, poll);
			await seal(witness, poll, 21);
		}
	});
	await test.step('everybody else votes, themselves and by proxy', async () => {
		story.vote(poll, 40, 200);
		story.voteByProxy(poll, 41, 250);
		story.giveProxy(251, story.memberCalled(voter.name), poll);
		await filled.offer();
		await voteOn(voter, poll);
		await voteForAnother(voter, '住户252');
		await giveAndTakeBack(voter, '住户001');
	});
	await test.step('[OWN-3] two tellers enter each paper', () => enterPapers(tellers, poll));
	await test.step('a carrier countersigns what the stations sealed and takes it to the relay', async () => {
		await mustSayWhy(convener, poll);
		for (const witness of witnesses) await open(voter, await save(witness));
		await countersign(voter, poll);
	});

	const [witness] = witnesses;
	await test.step('a closing without a sealed ballot is named on every device', async () => {
		await saysStationsSealed(convener, poll);
		story.takeIn(await carriedBy(convener));
		story.closeWithout(story.ballotOf(witness.name));
		await filled.offer();
		for (const { network } of witnesses) network.heal();
		for (const person of people) await seesDefect(person, poll);
		await object(witness);
	});
	await test.step('counted anew, the defect is gone and the vote is certified', async () => {
		await press(convener.page, '重新计票');
		await confirm(convener.page, '重新计票');
		for (const { page } of people) await expect(page.getByText(OMITTED)).toBeHidden();
		for (const { page } of tellers) await press(page, '核对并确认计票');
		for (const { page } of people) {
			await expect(page.getByText('计票已确认')).toBeVisible();
			await expect(page.getByText('这台手机重新数过：一致。')).toBeVisible();
			await expect(page.getByRole('row', { name: /^应到/ })).toContainText('26550.00');
		}
		await expect(witness.page.getByText('您自己的票在计票清单里。')).toBeVisible();
	});
});

/** Everybody comes in with an invitation while there is a network. */
async function gather(browser: Browser): Promise<Cast> {
	const [office, teller, member] = filled.guests;
	const come = async (name: string, invitation: string | undefined) => {
		const person = await Neighbor.arrive(browser, filled.relay, name, PHONE);
		people.push(person);
		await apply(person, must(invitation), '6号楼');
		await expect(person.page.getByRole('heading', { name: /^今天/ })).toBeVisible({ timeout: 60_000 });
		return person;
	};
	const [first = '', second = '', third = ''] = OWNERS;
	const [convener, one, two, here, there, voter] = await Promise.all([
		come('周海燕', office),
		come('吴志强', teller),
		come('陈玉梅', teller),
		come(first, member),
		come(second, member),
		come(third, member),
	]);
	return { convener, tellers: [one, two], witnesses: [here, there], voter };
}

/** Three steps: the rule, the roll of 300 lines, who counts. */
async function openVote({ page, visit }: Neighbor, stations: readonly Neighbor[]): Promise<void> {
	await visit(`/app/topics/${story.topic}/vote`);
	await follow(page, '发起业主共同决定');
	await page.getByRole('radio', { name: '一般事项' }).check();
	await press(page, '下一步');
	await page.getByLabel('业主名册').fill(story.rollLines(OWNERS));
	await expect(page.getByText('300 套房，259 户业主，26550.00 平方米。')).toBeVisible();
	await press(page, '下一步');
	for (const { name } of stations) {
		await page.getByLabel('哪些人守投票点？').selectOption({ label: name });
		await press(page, '加上这个投票点');
	}
	await expect(page.getByText(/业主.*三分之二以上.*过半数/)).toBeVisible();
	await press(page, '开始表决');
	await page.waitForURL(new RegExp(`/topics/${story.topic}$`));
}

async function voteOn({ page, visit }: Neighbor, poll: PollId): Promise<void> {
	await visit(`/app/vote/${poll}`);
	await page.getByRole('radio', { name: '同意' }).check();
	await press(page, '下一步：核对');
	await expect(page.getByText(/^您投的是：\d-\d+/)).toBeVisible();
	await press(page, '提交');
	await expect(page.getByRole('heading', { name: '投票回执' })).toBeVisible();
}

async function voteForAnother({ page }: Neighbor, giver: string): Promise<void> {
	await follow(page, '委托和代投');
	const theirs = page.getByRole('group', { name: `替${giver}投票` });
	await theirs.getByRole('radio', { name: '反对' }).check();
	await press(page, '核对并提交');
	await confirm(page, '提交');
	await expect(page.getByText(`已替${giver}投：反对`)).toBeVisible();
}

async function giveAndTakeBack({ page }: Neighbor, to: string): Promise<void> {
	await page.getByLabel('委托给谁？').selectOption({ label: to });
	await press(page, '委托别人代投');
	await press(page, '收回委托');
	await expect(page.getByLabel('委托给谁？')).toBeVisible();
}

/** The second teller reads one of the papers wrong at first. */
async function enterPapers([one, two]: Cast['tellers'], poll: PollId): Promise<void> {
	for (const { page, visit } of [one, two]) {
		await visit(`/app/vote/${poll}/result`);
		await page.getByText('录入纸质票').click();
	}
	const [developer, neighbor] = [story.flatOf('developer', OWNERS), story.flatOf('without-phone', OWNERS)];
	await enterPaper(one, '0001', developer, '同意');
	await enterPaper(one, '0002', neighbor, '同意');
	await expect(one.page.getByText('0002 号已记下')).toBeVisible();
	await expect(two.page.getByText('等您录入的编号：0001、0002')).toBeVisible();
	await enterPaper(two, '0001', developer, '反对');
	await expect(two.page.getByText('0001 号两次不一样，没有计入')).toBeVisible();
	await two.page.getByRole('radio', { name: '同意' }).check();
	await press(two.page, '保存这一张');
	await expect(two.page.getByText('0001 号两次一样，已计入。')).toBeVisible();
	await enterPaper(two, '0002', neighbor, '同意');
	await expect(one.page.getByText('已核对 2 张，等第二人录入 0 张')).toBeVisible();
}

async function enterPaper({ page }: Neighbor, serial: string, flat: string, choice: string): Promise<void> {
	await page.getByLabel('票上的编号').fill(serial);
	await page.getByLabel('房号').fill(flat);
	await page.getByRole('radio', { name: choice }).check();
	await press(page, '保存这一张');
	await expect(page.getByText(`${serial} 号`).first()).toBeVisible();
}

async function seal({ page, visit }: Neighbor, poll: PollId, ballots: number): Promise<void> {
	await visit(`/app/vote/${poll}/result`);
	await press(page, '封存本机的票');
	await expect(page.getByRole('dialog')).toContainText(`封存这 ${ballots} 张票？`);
	await confirm(page, '封存本机的票');
	await expect(page.getByText('已封存，等人副签')).toBeVisible();
}

async function countersign({ page, visit }: Neighbor, poll: PollId): Promise<void> {
	await visit(`/app/vote/${poll}/result`);
	for (const left of [1, 0]) {
		await press(page, '我在场，副签');
		await expect(page.getByRole('button', { name: '我在场，副签' })).toHaveCount(left);
	}
}

/** A station without a seal needs a reason. */
async function mustSayWhy({ page, visit }: Neighbor, poll: PollId): Promise<void> {
	await visit(`/app/vote/${poll}/result`);
	await press(page, '结束表决');
	const dialog = page.getByRole('dialog');
	await expect(dialog.getByLabel(/的投票点为什么没有封存/)).toHaveCount(2);
	await expect(dialog.getByText('有投票点没有封存。请写明原因，再结束表决。')).toBeVisible();
	await dialog.getByRole('button', { name: '再等等' }).click();
}

async function saysStationsSealed({ page }: Neighbor, poll: PollId): Promise<void> {
	await expect(page).toHaveURL(new RegExp(`${poll}/result$`));
	await expect(page.getByText('已封存，已副签')).toHaveCount(2);
}

async function seesDefect({ page, visit }: Neighbor, poll: PollId): Promise<void> {
	await visit(`/app/vote/${poll}/result`);
	await expect(page.getByText(OMITTED)).toBeVisible();
}

async function object({ page }: Neighbor): Promise<void> {
	await press(page, '我的票没有列入，提出异议');
	await confirm(page, '提出异议');
	await expect(page.getByText('您已提出异议。')).toBeVisible();
}

/** Opens a carried file on this device. */
async function open({ page, visit }: Neighbor, file: Buffer): Promise<void> {
	await visit('/app/me/file');
	const chooser = page.waitForEvent('filechooser');
	await press(page, '选文件');
	await (await chooser).setFiles({ name: '金域花园.corner', mimeType: 'application/octet-stream', buffer: file });
	await expect(page.getByText(/取回了 \d+ 条记录/)).toBeVisible({ timeout: 30_000 });
}

async function save({ page, visit }: Neighbor): Promise<Buffer> {
	await visit('/app/me/file');
	const download = page.waitForEvent('download');
	await press(page, '存成文件');
	return readFile(await (await download).path());
}

async function carriedBy(person: Neighbor) {
	const file = decodeCarriedFile(gunzipSync(await save(person)));
	if (!file.ok) throw new Error(file.error);
	return file.value;
}

async function confirm(page: Page, verb: string): Promise<void> {
	await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click();
}
