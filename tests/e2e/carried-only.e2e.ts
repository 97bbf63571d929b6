import { expect, test } from '@playwright/test';
import { certify, closeVote, confirm, freezeProposal, giveRole, meet, press, vote } from './support/acts.ts';
import { carry } from './support/carried-file.ts';
import { discussed, hasToVote, openVote, showTheSame, write } from './support/consultation.ts';
import { cornerOfPhones } from './support/corner-of-phones.ts';
import { recordsOnDisk } from './support/device-disk.ts';
import type { Neighbor } from './support/neighbor.ts';

const SAVED = '已保存，大家都能看到';
const EVERYBODY = 5;

test('[CARRY-10] a courtyard that reaches no server drafts, meets, votes and is counted with home, by files alone', async ({
	browser,
}) => {
	test.setTimeout(120_000);
	const corner = await cornerOfPhones(browser, '带着走的议事角', '周海燕', '吴志强', '赵秀英', '陈玉梅', '周明');
	const [convener, teller, member, tellerAtHome, memberAtHome] = corner.people;
	const yard = [convener, teller, member];
	let meeting = '';
	let local = '';
	let result = '';

	await test.step('at home a vote is opened; then the courtyard has no network any more', async () => {
		for (const person of [teller, tellerAtHome]) await giveRole(convener, person, '监票人');
		await discussed(convener, '三号院的晾衣杆', '装在东墙。');
		await freezeProposal(convener);
		meeting = await meet(convener, EVERYBODY);
		await openVote(convener, EVERYBODY);
		await Promise.all(corner.people.map(hasToVote));
		for (const person of yard) await person.installed();
		for (const { network } of yard) network.cut();
	});

	await test.step('in the courtyard one begins a text, and two go on with it, each by a file; they vote', async () => {
		local = await discussed(convener, '东门的路灯', '东门太暗。');
		await carry(convener, member);
		await goOn(member, local, '装一盏太阳能灯。');
		await voteAtHome(member, '同意');
		await carry(member, teller);
		await goOn(teller, local, '灯下放一张长椅。');
		await voteAtHome(teller, '同意');
		await carry(teller, convener);
		await convener.visit(local);
		await expect.poll(() => convener.draft()).toBe('东门太暗。装一盏太阳能灯。灯下放一张长椅。');
		await voteAtHome(convener, '同意');
	});

	await test.step('they meet, and write down what was said', async () => {
		await convener.visit(local);
		await freezeProposal(convener);
		await meet(convener, EVERYBODY, [tellerAtHome.name, memberAtHome.name]);
		await convener.visit(`${local}/minutes`);
		await press(convener.page, '按会议情况填写');
		await write(convener, '先试装一盏。');
		await press(convener.page, '定稿');
		await confirm(convener.page, '定稿');
	});

	await test.step('meanwhile home votes; a file brings there what the courtyard did, and another the votes back', async () => {
		await voteAtHome(tellerAtHome, '同意');
		await voteAtHome(memberAtHome, '反对');
		await memberAtHome.visit('/app/topics');
		await expect(memberAtHome.page.getByText('东门的路灯')).toHaveCount(0);
		await carry(convener, tellerAtHome);
		await expect(tellerAtHome.stateLine).toHaveText(SAVED);
		await expect(memberAtHome.page.getByText('东门的路灯').first()).toBeVisible();
		await agreeToMinutes(tellerAtHome, local);
		await carry(tellerAtHome, convener);
	});

	await test.step('the vote is closed in the courtyard, and certified there and at home', async () => {
		await convener.visit(`${meeting}/run`);
		await expect(convener.page.getByText(`已投 ${EVERYBODY} 人，实到 ${EVERYBODY} 人`)).toBeVisible();
		await closeVote(convener);
		await carry(convener, teller);
		await certify(teller);
		result = new URL(teller.page.url()).pathname;
		await agreeToMinutes(teller, local);
		await carry(teller, tellerAtHome);
		await certify(tellerAtHome);
		await expect(tellerAtHome.stateLine).toHaveText(SAVED);
		await carry(tellerAtHome, convener);
	});

	await test.step('the minutes are approved; a last file, and everybody holds the same', async () => {
		await convener.visit(`${local}/minutes`);
		await press(convener.page, '批准纪要');
		await expect(convener.page.getByText('已批准')).toBeVisible();
		await carry(convener, teller, member, tellerAtHome);
		await expect(tellerAtHome.stateLine).toHaveText(SAVED);
		await Promise.all(corner.people.map(({ visit }) => visit(result)));
		for (const { page } of corner.people) {
			await expect(page.getByText('计票已确认')).toBeVisible();
			await expect(page.getByText('您自己的票在计票清单里')).toBeVisible();
			await expect(page.getByText('应到 5 人，实到 5 人，同意 4 人。')).toBeVisible();
		}
		await showTheSame(corner.people, 'poll-hash');
		await Promise.all(corner.people.map(({ visit }) => visit('/app/me')));
		await showTheSame(corner.people, 'structure-hash');
	});

	await test.step('when the network is back there is nothing left to send', async () => {
		const held = corner.relay.held();
		for (const person of yard) expect(await recordsOnDisk(person.page)).toEqual(held.records);
		for (const { network } of yard) network.heal();
		for (const { page, stateLine } of corner.people) {
			await expect(stateLine).toHaveText(SAVED, { timeout: 20_000 });
			await expect(page.getByText('都已发送。')).toBeVisible();
		}
		expect(corner.relay.held()).toEqual(held);
	});
	await corner.end();
});

/** With the draft of a topic. */
async function goOn(writer: Neighbor, topic: string, words: string): Promise<void> {
	await writer.visit(topic);
	await write(writer, words);
}

async function voteAtHome(voter: Neighbor, choice: string): Promise<void> {
	await voter.visit('/app');
	await vote(voter, choice);
}

async function agreeToMinutes({ page, visit }: Neighbor, topic: string): Promise<void> {
	await visit(`${topic}/minutes`);
	await press(page, '同意这份纪要');
	await expect(page.getByText('您已经同意这份纪要')).toBeVisible();
}
