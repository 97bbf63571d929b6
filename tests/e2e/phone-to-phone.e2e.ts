import { expect, test } from '@playwright/test';
import { certifyFromHome, closeVote, follow, freezeProposal, giveRole, meet, press, vote } from './support/acts.ts';
import { discussed, openVote, showTheSame, write } from './support/consultation.ts';
import { cornerOfPhones } from './support/corner-of-phones.ts';
import { recordsOnDisk } from './support/device-disk.ts';
import { meetFaceToFace } from './support/face-to-face.ts';
import type { Person } from './support/person.ts';

const SAVED = '已保存，大家都能看到';
const TITLE = '东门的路灯';
const EVERYBODY = 3;

test('[FACE-10] two phones draft, meet, vote and count without any server; a third, and then the relay, come to hold the same', async ({
	browser,
}) => {
	test.setTimeout(120_000);
	const corner = await cornerOfPhones(browser, '面对面的议事角', '周海燕', '吴志强', '陈玉梅');
	const [convener, teller, third] = corner.people;

	await test.step('a corner of three, and then there is no server any more', async () => {
		for (const person of [teller, third]) await giveRole(convener, person, '监票人');
		await expect(convener.stateLine).toHaveText(SAVED);
		for (const person of corner.people) {
			await person.visit('/app');
			await expect(person.stateLine).toHaveText(SAVED);
			await person.installed();
		}
		await corner.relay.kill();
	});

	await test.step('one begins a text; the two meet, and both go on with it at once', async () => {
		await discussed(convener, TITLE, '东门太暗。');
		await meetFaceToFace(convener, teller);
		for (const person of [convener, teller]) await goToTopic(person);
		await Promise.all([write(convener, '装一盏太阳能灯。'), write(teller, '灯下放一张长椅。')]);
		await expect.poll(() => teller.draft()).toContain('装一盏太阳能灯。');
		await expect.poll(() => convener.draft()).toContain('灯下放一张长椅。');
		expect(await convener.draft()).toBe(await teller.draft());
	});

	await test.step('they hold a meeting, and both vote', async () => {
		await freezeProposal(convener);
		await meet(convener, EVERYBODY, [third.name]);
		await openVote(convener, 2);
		for (const person of [teller, convener]) {
			await go(person, '首页');
			await vote(person, '同意');
			await follow(person.page, '回到首页');
		}
	});

	await test.step('one closes the vote, and the other certifies it', async () => {
		await go(convener, '会议');
		await follow(convener.page, /社区茶亭/);
		await follow(convener.page, '主持台');
		await expect(convener.page.getByText('已投 2 人，实到 2 人')).toBeVisible();
		await closeVote(convener);
		await certifyFromHome(teller);
		await follow(teller.page, '回到议题');
		for (const person of [convener, teller]) await go(person, '我的');
		await showTheSame([convener, teller], 'structure-hash');
		await part(convener, teller);
	});

	await test.step('a third meets one of them, and certifies too', async () => {
		await meetFaceToFace(teller, third);
		await go(third, '首页');
		await certifyFromHome(third);
		await expect(third.page.getByText('计票已确认')).toBeVisible();
		await expect(third.page.getByText('应到 3 人，实到 2 人，同意 2 人。')).toBeVisible();
		await follow(third.page, '回到议题');
		for (const person of [teller, third]) await go(person, '我的');
		await showTheSame([teller, third], 'structure-hash');
		await part(third, teller);
	});

	await test.step('the relay is back, and has everything by that one phone', async () => {
		for (const { network } of [convener, teller]) network.cut();
		await corner.relay.restart();
		await third.visit('/app/me');
		await expect(third.stateLine).toHaveText(SAVED, { timeout: 20_000 });
		await expect(third.page.getByText('都已发送。')).toBeVisible();
		expect(await recordsOnDisk(third.page)).toEqual(corner.relay.held().records);
	});

	await test.step('the others have nothing to add, and everybody holds the same', async () => {
		const held = corner.relay.held();
		for (const { network, visit } of [convener, teller]) {
			network.heal();
			await visit('/app/me');
		}
		for (const { page, stateLine } of corner.people) {
			await expect(stateLine).toHaveText(SAVED, { timeout: 20_000 });
			await expect(page.getByText('都已发送。')).toBeVisible();
		}
		await showTheSame(corner.people, 'structure-hash');
		expect(corner.relay.held()).toEqual(held);
	});
	await corner.end();
});

/** As people do: a page that is loaded anew would leave the other phone. */
async function go({ page }: Person, place: string): Promise<void> {
	await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
}

async function goToTopic(person: Person): Promise<void> {
	await go(person, '议题');
	await follow(person.page, new RegExp(TITLE));
}

/** Either may end it, on the page that a line on every page leads to. */
async function part(one: Person, other: Person): Promise<void> {
	await one.page.getByRole('link', { name: `正在和${other.name}面对面传` }).click();
	await press(one.page, '结束');
	await expect(other.page.getByText('传好了')).toBeVisible();
}
