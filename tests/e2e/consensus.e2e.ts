import { expect, test, type Browser } from '@playwright/test';
import type { TopicId } from '#core/kernel/ids.ts';
import { approveMinutes, freezeMinutes } from '#core/minutes/acts.ts';
import { cosign } from '#core/polls/acts.ts';
import onSite from '#core/procedures/library/on-site-consultation.json' with { type: 'json' };
import { freezeProposal } from '#core/proposals/acts.ts';
import { slugOf } from '#core/publication/document.ts';
import { enterStep, openTopic } from '#core/topics/acts.ts';
import { topicOf } from '../../server/cli/scenario/steps.ts';
import { frozen } from '../support/council.ts';
import { apply, follow, press } from './support/acts.ts';
import { LAPTOP, Neighbor, PHONE } from './support/neighbor.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

test.describe.configure({ mode: 'serial' });

let story: ToldStory;
let topic: TopicId;
let page: string;
let address: string;
let wang: Neighbor;
let chen: Neighbor;
let zhao: Neighbor;

test.beforeAll(async ({ browser }) => {
	story = await tellStoryToRelay();
	[wang, chen, zhao] = await Promise.all([
		arrive(browser, '王建军', 0, LAPTOP),
		arrive(browser, '陈秀梅', 1),
		arrive(browser, '赵国栋', 2),
	]);
	topic = tellUntilFrozen();
	await story.offer();
	page = `/app/topics/${topic}`;
	address = `${story.relay.origin}/n/${slugOf(topic)}`;
});
test.afterAll(async () => {
	await Promise.all([wang, chen, zhao].map((person) => person.leave()));
	await story.end();
});

test('[CONS-1] [CONS-3] [CONS-5] what the convener proposes without a vote is settled once enough agree, and who is against it is answered', async () => {
	await wang.visit(page);
	await follow(wang.page, '提议不投票，协商一致');
	await press(wang.page, '提议不投票就定下来');
	await expect(wang.page.getByText('除召集人外至少 2 人同意')).toBeVisible();
	await expect(wang.page.getByRole('button', { name: '记为协商一致…' })).toHaveAccessibleDescription(/同意的人还不够/);

	await answer(chen, '同意');
	await answer(zhao, '不同意');
	story.corner.act(story.people.tellerOne, (composer) => cosign(composer, undefined, frozenText(), 'approve'));
	await story.offer();

	const words = wang.page.getByLabel('赵国栋的理由');
	await expect(words).toBeVisible();
	await expect(wang.page.getByRole('button', { name: '记为协商一致…' })).toHaveAccessibleDescription(/理由/);
	await words.fill('晚上施工\n影响孩子睡觉。');
	await press(wang.page, '记为协商一致…');
	await confirm(wang, '记为协商一致');
	await expect(wang.page.getByText('同意 2 人，不同意 1 人。')).toBeVisible();
	await wang.page.getByLabel('答复赵国栋').fill('只在白天施工。');
	await press(wang.page, '答复');
	await expect(zhao.page.getByText('只在白天施工。')).toBeVisible();
	await expect(zhao.page.getByText('晚上施工 影响孩子睡觉。')).toBeVisible();
});

test('[PUB-11] [CONS-4] a telephone number is pointed out, a person decides, and the public page says that nobody voted', async () => {
	await tellUntilLastStep();
	await wang.visit(`${page}/publish`);
	await expect(wang.page.getByText('像是电话 13800138000')).toBeVisible();
	await press(wang.page, '发布公示');
	await confirm(wang, '照样公示');
	await expect(wang.page.getByText('等监票人复核')).toBeVisible();
	await second(chen, '复核并同意公布');

	const told = await read();
	for (const said of ['协商一致，未投票', '表态同意的 2 人', '有不同意见的 1 人', '只在白天施工。'])
		expect(told).toContain(said);
	for (const name of ['赵国栋', '陈秀梅', '影响孩子睡觉']) expect(told).not.toContain(name);
});

test('[PUB-10] a correction keeps the address and what was said before', async () => {
	tellNewMinutes();
	await story.offer();
	await wang.page.clock.install();
	await wang.visit(`${page}/publish`);
	await expect(wang.page.getByText(/分钟内可以直接撤回/)).toBeVisible();
	await wang.page.clock.fastForward('06:00');
	await wang.page.getByText('更正公示', { exact: true }).click();
	await press(wang.page, '提交更正');
	await expect(wang.page.getByText('请写一句原因。')).toBeVisible();
	await wang.page.getByLabel('更正了什么').fill('纪要里不该有电话，已经去掉。');
	await press(wang.page, '提交更正');
	await expect(wang.page.getByText('等监票人复核')).toBeVisible();
	expect(await read()).not.toContain('更正于');
	await second(chen, '复核并同意公布');

	const told = await read();
	for (const said of ['更正于', '纪要里不该有电话', '原来的会议纪要', '13800138000']) expect(told).toContain(said);
});

test('[PUB-9] what has to go is withdrawn at once, also without a network, and then only the reason is left', async () => {
	await wang.visit(`${page}/publish`);
	await expect(wang.page.getByRole('button', { name: '撤回公示' })).toBeVisible();
	await wang.installed();
	wang.network.cut();
	await press(wang.page, '撤回公示');
	await expect(wang.page.getByText('公示已撤回').first()).toBeVisible();
	await expect(wang.page.getByText('还没有送出')).toBeVisible();
	expect(await read()).toContain('楼道照明');

	wang.network.heal();
	await expect.poll(read, { timeout: 20_000 }).toContain('本公示已由 王*军');
	await expect(wang.page.getByText('还没有送出')).toBeHidden();
	const told = await read();
	for (const gone of ['13800138000', '现场', '楼道照明']) expect(told).not.toContain(gone);
	const list = await (await fetch(`${story.relay.origin}/`)).text();
	expect(list).not.toContain('楼道照明');
});

async function arrive(browser: Browser, name: string, guest: number, viewport = PHONE): Promise<Neighbor> {
	const person = await Neighbor.arrive(browser, story.relay, name, viewport);
	await apply(person, story.guests[guest] ?? '', '6号楼');
	await expect(person.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	return person;
}

async function answer(person: Neighbor, choice: '同意' | '不同意'): Promise<void> {
	await person.visit(page);
	await follow(person.page, '看定稿，去表态');
	await press(person.page, choice);
	await expect(person.page.getByText(`您已经表示${choice}。`)).toBeVisible();
}

async function second(teller: Neighbor, verb: string): Promise<void> {
	await teller.visit(`${page}/publish`);
	await press(teller.page, verb);
	await expect(teller.page.getByText('已经公示')).toBeVisible();
	await expect.poll(() => fetch(address).then(({ status }) => status)).toBe(200);
	await expect(teller.stateLine).toContainText('已保存');
}

async function confirm({ page }: Neighbor, verb: string): Promise<void> {
	await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click();
}

/** The public page without its markup. */
async function read(): Promise<string> {
	const html = await (await fetch(address)).text();
	return html.replace(/<wbr\s*\/?>|<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ');
}

function tellUntilFrozen(): TopicId {
	const { corner } = story;
	const procedure = { id: onSite.id, version: onSite.version, json: JSON.stringify(onSite) };
	corner.at = Date.now();
	const topic = corner.act(corner.founder, (composer) =>
		openTopic(composer, { title: '楼道照明改成声控灯', source: 'grid-worker', procedure }),
	);
	for (const step of ['study', 'consultation']) enter(topic, step);
	corner.act(corner.founder, (composer) =>
		freezeProposal(composer, as(), topicOf(corner, topic), frozen('请物业到现场，把灯换成声控的。'), '00'.repeat(32)),
	);
	return topic;
}

const as = () => story.corner.grantOf('convener');
const frozenText = () => topicOf(story.corner, topic).texts[0]?.id ?? topic;

function enter(topic: TopicId, step: string): void {
	const { corner } = story;
	corner.act(corner.founder, (composer) => enterStep(composer, as(), topicOf(corner, topic), step, []));
}

async function tellUntilLastStep(): Promise<void> {
	await expect.poll(() => story.corner.state.consensus.size).toBe(1);
	enter(topic, 'implementation');
	tellMinutes('报修请打 13800138000。');
	enter(topic, 'feedback');
	await story.offer();
}

const tellNewMinutes = () => tellMinutes('报修请找物业。');

function tellMinutes(words: string): void {
	const { corner, people } = story;
	const standing = [...corner.state.minutes.values()].filter((one) => one.topic === topic && one.current);
	const secretary = corner.grantOf('secretary', people.tellerOne);
	const id = corner.act(people.tellerOne, (composer) =>
		freezeMinutes(composer, secretary, topic, frozen('大家意见一致。', words), standing),
	);
	for (const member of [people.tellerTwo, ...people.voters.slice(0, 2)])
		corner.act(member, (composer) => cosign(composer, undefined, id, 'approve'));
	const minutes = corner.state.minutes.get(id);
	if (minutes) corner.act(corner.founder, (composer) => approveMinutes(composer, as(), minutes));
}
