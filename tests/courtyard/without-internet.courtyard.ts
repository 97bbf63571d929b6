import { expect, test } from '@playwright/test';
import {
	admit,
	certify,
	closeVote,
	found,
	freezeProposal,
	giveRole,
	invite,
	join,
	meet,
	press,
	propose,
	vote,
} from '../e2e/support/acts.ts';
import { discussed, hasToVote, openVote, showTheSame } from '../e2e/support/consultation.ts';
import type { Person } from '../e2e/support/person.ts';
import { eventually } from '../support/wait.ts';
import { CornerAt } from './corner-at.ts';
import { cutUplink, cutWifi, restoreUplink, restoreWifi } from './networks.ts';
import { tellOpenings } from './openings.ts';
import { secondsOf, stage, tellStages } from './stages.ts';

const EVERYWHERE = '全网在线';
const IN_YARD = '院里在线';
const AWAY = '郑秀芳';
const SAID = '东门太暗，应该装一盏灯。';
const CONNECTS = 10;
/** People do not type faster than an editor moves its caret; a machine does. */
const KEYSTROKE_MS = 30;

let corner: CornerAt;

test.beforeAll(async () => {
	corner = await CornerAt.start('三号院的笔记本');
});
test.afterAll(async () => {
	await corner.end();
	console.log('\nA courtyard without internet, five phones and one at home');
	tellStages();
	console.log('How long 100 drafts with 1,000 edits on each side take to be equal: npm run bench -- links');
});

test('[REACH-4] a courtyard without internet drafts, meets, votes and certifies, and is one with home afterwards', async () => {
	const convener = await corner.arrive('phones', '周海燕');
	const tellers = [await corner.arrive('phones', '吴志强'), await corner.arrive('phones', '陈玉梅')] as const;
	const members = [await corner.arrive('phones', '赵秀英'), await corner.arrive('phones', '周明')] as const;
	const yard = [convener, ...tellers, ...members];
	const away = await corner.arrive('home', AWAY);
	const everybody = [...yard, away];
	let meeting = '';
	let local = '';

	await stage('at home: founded, joined, discussed, a vote is open', async () => {
		await found(convener, corner, '院里的议事角');
		const invitation = await invite(convener);
		for (const neighbor of [...tellers, ...members, away]) {
			await join(neighbor, invitation, '3号楼');
			await admit(convener, neighbor);
		}
		for (const teller of tellers) await giveRole(convener, teller, '监票人');
		await discussed(convener, '三号院的晾衣杆', '装在东墙。');
		await freezeProposal(convener);
		meeting = await meet(convener, everybody.length);
		await openVote(convener, everybody.length);
		for (const { page } of everybody) await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
		for (const neighbor of everybody) await hasToVote(neighbor);
	});

	await stage('the convener takes the laptop on, and it comes to hold what home holds', async () => {
		await convener.visit(await corner.laptopCode());
		await press(convener.page, '登记并连接');
		await says(convener, EVERYWHERE);
		for (const neighbor of everybody) await hasToVote(neighbor);
		await eventually(sameRelays, 60_000);
	});

	await stage('the uplink is cut; four phones read the code, one comes back by itself', async () => {
		cutUplink();
		const seconds = await secondsOf(() => says(convener, IN_YARD));
		console.log(`after the cut a phone says so in ${seconds.toFixed(1)} s`);
		const code = await corner.laptopCode();
		await Promise.all([...tellers, ...members].map((neighbor) => connectInYard(neighbor, code)));
		await convener.page.reload();
		for (const neighbor of yard) await says(neighbor, IN_YARD);
	});

	await stage(`${CONNECTS} times: the app is opened without internet`, async () => {
		await tellOpenings(members[0], CONNECTS, IN_YARD);
	});

	await stage('five write together in the yard', async () => {
		local = await discussed(convener, '东门的路灯', yard.map(({ name }) => `${name}：`).join('\n'));
		for (const { visit } of [...tellers, ...members]) await visit(local);
		await Promise.all(yard.map((neighbor) => writeOnOwnLine(neighbor, SAID)));
		const whole = yard.map(({ name }) => `${name}：${SAID}`).join('');
		for (const neighbor of yard) await expect.poll(() => neighbor.draft()).toBe(whole);
	});

	await stage('both sides vote on the open question', async () => {
		for (const neighbor of everybody) {
			await neighbor.visit('/app');
			await vote(neighbor, neighbor === away ? '反对' : '同意');
		}
		await convener.visit(`${meeting}/run`);
		await expect(convener.page.getByText(`已投 ${yard.length} 人，实到 ${everybody.length} 人`)).toBeVisible();
	});

	await stage('the yard meets, votes and certifies a question of its own', async () => {
		await convener.visit(local);
		await freezeProposal(convener);
		await meet(convener, everybody.length, [AWAY]);
		await openVote(convener, yard.length);
		const desk = new URL(convener.page.url()).pathname;
		for (const neighbor of yard) {
			await hasToVote(neighbor);
			await vote(neighbor, '同意');
		}
		await convener.visit(desk);
		await expect(convener.page.getByText(`已投 ${yard.length} 人，实到 ${yard.length} 人`)).toBeVisible();
		await closeVote(convener);
		for (const teller of tellers) await certify(teller);
		for (const { page } of tellers) await expect(page.getByText('计票已确认')).toBeVisible();
	});

	await stage('the uplink is back, and both sides hold the same', async () => {
		await away.visit('/app/topics');
		await expect(away.page.getByText('东门的路灯')).toHaveCount(0);
		expect(sameRelays).toThrow();
		restoreUplink();
		await eventually(sameRelays, 60_000);
		await expect(away.page.getByText('东门的路灯').first()).toBeVisible();
	});

	await stage('every phone is in touch with home again', async () => {
		for (const neighbor of yard) await says(neighbor, EVERYWHERE);
	});

	await stage('the vote is closed and certified with the ballots of both sides', async () => {
		await convener.visit(`${meeting}/run`);
		await expect(convener.page.getByText(`已投 ${everybody.length} 人，实到 ${everybody.length} 人`)).toBeVisible();
		await closeVote(convener);
		for (const teller of tellers) await certify(teller);
		const result = new URL(tellers[0].page.url()).pathname;
		for (const { page, visit } of everybody) {
			await visit(result);
			await expect(page.getByText('计票已确认')).toBeVisible();
			await expect(page.getByText('您自己的票在计票清单里')).toBeVisible();
			await expect(page.getByText('应到 6 人，实到 6 人，同意 5 人。')).toBeVisible();
		}
		await showTheSame(everybody, 'poll-hash');
	});

	await stage('another day the laptop alone brings home what the yard did', async () => {
		cutUplink();
		for (const neighbor of yard) await says(neighbor, IN_YARD);
		await proposedInYard(members[0], convener, '自行车棚');
		cutWifi();
		restoreUplink();
		await away.visit('/app/topics');
		await expect(away.page.getByText('自行车棚').first()).toBeVisible();
		restoreWifi();
	});

	await stage('and another day the phones do, without the laptop', async () => {
		for (const neighbor of yard) await says(neighbor, EVERYWHERE);
		cutUplink();
		for (const neighbor of yard) await says(neighbor, IN_YARD);
		await proposedInYard(members[1], convener, '快递柜');
		await corner.closeLaptop();
		restoreUplink();
		await expect(away.page.getByText('快递柜').first()).toBeVisible();
		await corner.openLaptop();
	});

	await stage('every device and both relays hold the same', async () => {
		await away.visit(local);
		await expect(away.page.getByText(SAID).first()).toBeVisible();
		for (const { visit } of everybody) await visit('/app/me');
		await showTheSame(everybody, 'structure-hash');
		await eventually(sameRelays, 30_000);
	});
});

const says = ({ page }: Person, sign: string) => expect(page.getByRole('banner').getByRole('link')).toHaveText(sign);

/** Until another phone there has read it: then the laptop holds all of it. */
async function proposedInYard(member: Person, reader: Person, title: string): Promise<void> {
	await propose(member, title);
	await reader.visit('/app/topics');
	await expect(reader.page.getByText(title).first()).toBeVisible();
}

/** Where somebody else has put this person's name. */
async function writeOnOwnLine({ page, name }: Person, words: string): Promise<void> {
	await page.locator('.ProseMirror p', { hasText: `${name}：` }).click();
	await page.keyboard.press('End');
	await page.keyboard.type(words, { delay: KEYSTROKE_MS });
}

/** With a page from the service worker, and of the relay it knows no more than the code says. */
async function connectInYard(neighbor: Person, code: string): Promise<void> {
	await neighbor.visit(code);
	await neighbor.page.reload();
	await press(neighbor.page, '连接院里');
}

function sameRelays(): void {
	expect(corner.held('yard')).toEqual(corner.held('home'));
}
