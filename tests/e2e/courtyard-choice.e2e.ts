import { expect, test, type Browser, type Page } from '@playwright/test';
import { slugOf } from '#core/publication/document.ts';
import { openHouse, type Guest } from '../../server/cli/scenario/open-house.ts';
import { PACKAGES, tellPropertyPackages, type PropertyPackages } from '../../server/cli/scenario/property-packages.ts';
import { StoryClient } from '../../server/cli/scenario/story-client.ts';
import { eventually } from '../support/wait.ts';
import { advance, apply, certify, closeVote, follow, press } from './support/acts.ts';
import { LAPTOP, Neighbor, PHONE } from './support/neighbor.ts';
import { RelayProcess } from './support/relay-process.ts';

const [PARKING, CLEANING] = PACKAGES;

let relay: RelayProcess;
let client: StoryClient;
let story: PropertyPackages;
let links: readonly string[];
const neighbors: Neighbor[] = [];

test.beforeAll(async () => {
	relay = await RelayProcess.start({ FOUNDING: 'open' });
	story = tellPropertyPackages();
	client = await StoryClient.connect(story.corner, story.corner.founder, `127.0.0.1:${relay.port}`);
	await client.offerAll();
	links = await openHouse(story.corner, client, guestsOf(story));
});
test.afterAll(async () => {
	await Promise.all(neighbors.map((neighbor) => neighbor.leave()));
	client.close();
	await relay.stop();
});

test('[CHOICE-6] three households choose a service, choose again after a tie, try it and keep it, and the public reads how', async ({
	browser,
}) => {
	test.setTimeout(120_000);
	const [wang, zhao, sun, zhou, chen] = await everybodyArrives(browser);
	const topic = `/app/topics/${story.topic}`;

	await test.step('the convener asks the households, one option a line', async () => {
		await wang.visit(topic);
		await follow(wang.page, '让各户选（点单）');
		await wang.page.getByLabel('有哪些可以选？').fill(PACKAGES.join('\n'));
		await wang.page.getByRole('radio', { name: /觉得行的都可以选/ }).check();
		await expect(wang.page.getByText('有 3 户可以投。')).toBeVisible();
		await press(wang.page, '开始选');
		await expect(wang.page.getByText('已投 0 户，共 3 户')).toBeVisible();
	});

	await test.step('two of one household differ: nothing counts until one of them votes like the other', async () => {
		await cast(zhao, PARKING);
		await cast(sun, CLEANING);
		for (const { page } of [zhao, sun]) await expect(page.getByText('您家投得不一样，先不算')).toBeVisible();
		await press(sun.page, '商量好了，改选');
		await expect(sun.page.getByText(`赵国栋：${PARKING}`)).toBeVisible();
		await choose(sun.page, PARKING);
		for (const { page } of [zhao, sun]) await expect(page.getByText('您家选得一样，算一票。')).toBeVisible();
	});

	await test.step('a tie: nobody draws lots, the tied are asked about again', async () => {
		await Promise.all([cast(zhou, CLEANING), cast(chen, PARKING, CLEANING)]);
		await count(wang, chen, sun);
		await expect(chen.page.getByText(`并列：${PARKING}、${CLEANING}。应有 3 票，投了 3 票，各得 2 票。`)).toBeVisible();
		await wang.visit(topic);
		await follow(wang.page, '在领先的几项里再选一次');
		await expect(wang.page.getByLabel('有哪些可以选？')).toHaveValue(PACKAGES.join('\n'));
		await press(wang.page, '开始选');
		await expect(wang.page.getByText('已投 0 户，共 3 户')).toBeVisible();
	});

	await test.step('the second round chooses one, and the trial begins', async () => {
		await Promise.all([cast(zhao, PARKING), cast(zhou, CLEANING), cast(chen, CLEANING)]);
		await count(wang, chen, sun);
		await expect(chen.page.getByText(`选定：${CLEANING}。应有 3 票，投了 3 票，它得 2 票。`)).toBeVisible();
		await expect(chen.page.getByText('重新数过：一致')).toBeVisible();
		await wang.visit(topic);
		await advance(wang, '体验');
	});

	await test.step('after the trial the households are asked whether to keep it', async () => {
		await follow(wang.page, '体验期过了，问要不要留');
		await expect(wang.page.getByLabel('问大家什么？')).toHaveValue(`体验之后，要不要留下“${CLEANING}”？`);
		await press(wang.page, '开始选');
		await expect(wang.page.getByText('已投 0 户，共 3 户')).toBeVisible();
		await Promise.all([cast(sun, '同意'), cast(zhou, '同意'), cast(chen, '反对')]);
		await count(wang, chen, sun);
		await expect(chen.page.getByText('通过。应有 3 票，投了 3 票，同意 2 票。')).toBeVisible();
	});

	await test.step('minutes are filled with every vote, agreed to and approved', async () => {
		await chen.visit(`${topic}/minutes`);
		await press(chen.page, '按会议情况填写');
		await eventually(async () => expect(await chen.draft()).toContain(`选定：${CLEANING}`));
		expect(await chen.draft()).toContain(`${PARKING} 2 票、${CLEANING} 2 票`);
		await press(chen.page, '定稿');
		await confirm(chen.page, '定稿');
		await Promise.all([zhao, sun].map((neighbor) => agree(neighbor, `${topic}/minutes`)));
		await wang.visit(`${topic}/minutes`);
		await press(wang.page, '批准纪要');
		await expect(wang.page.getByText('已批准')).toBeVisible();
	});

	await test.step('the published page tells options, rounds and the votes before, without a script', async () => {
		await wang.visit(topic);
		await advance(wang, '公示');
		await wang.visit(`${topic}/publish`);
		await press(wang.page, '发布公示');
		await confirm(wang.page, '发布公示');
		await sun.visit(`${topic}/publish`);
		await press(sun.page, '复核并同意公布');
		await expect(sun.page.getByText('已经公示', { exact: false }).first()).toBeVisible();
		const said = await readPublicPage();
		for (const words of [
			`要不要留下“${CLEANING}”`,
			'同意 2 票',
			'前面投过的',
			`并列：${PARKING}、${CLEANING}。`,
			`选定：${CLEANING}。`,
			'表了态的户过半数',
		])
			expect(said).toContain(words);
		for (const name of ['赵国栋', '孙桂英', '周明']) expect(said).not.toContain(name);
	});
});

/** Two of the first household, one of each other; two of them are tellers, and one writes the minutes. */
function guestsOf({ homes: [first, second, third] }: PropertyPackages): readonly Guest[] {
	return [
		{ label: 'convener', roles: ['convener'] },
		{ label: 'first home', roles: [], household: first },
		{ label: 'first home, teller', roles: ['teller'], household: first },
		{ label: 'second home', roles: [], household: second },
		{ label: 'third home, teller', roles: ['teller', 'secretary'], household: third },
	];
}

async function everybodyArrives(browser: Browser): Promise<[Neighbor, Neighbor, Neighbor, Neighbor, Neighbor]> {
	const arrive = async (name: string, guest: number, viewport = PHONE): Promise<Neighbor> => {
		const neighbor = await Neighbor.arrive(browser, relay, name, viewport);
		neighbors.push(neighbor);
		await apply(neighbor, links[guest] ?? '', '1号楼');
		await expect(neighbor.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
		return neighbor;
	};
	return Promise.all([
		arrive('王建军', 0, LAPTOP),
		arrive('赵国栋', 1),
		arrive('孙桂英', 2),
		arrive('周明', 3),
		arrive('陈秀梅', 4, LAPTOP),
	]);
}

/** From the home page to the receipt. */
async function cast(voter: Neighbor, ...options: readonly string[]): Promise<void> {
	await voter.visit('/app');
	await follow(voter.page, '去表决');
	await choose(voter.page, ...options);
}

async function choose(page: Page, ...options: readonly string[]): Promise<void> {
	const named = (name: string) => page.getByRole('checkbox', { name }).or(page.getByRole('radio', { name }));
	for (const name of options) await named(name).check();
	await press(page, '下一步：核对');
	await press(page, '提交');
	await expect(page.getByText('已送达')).toBeVisible();
}

/** The convener closes what all three households have voted on, and both tellers certify. */
async function count(convener: Neighbor, ...tellers: readonly Neighbor[]): Promise<void> {
	await expect(convener.page.getByText('已投 3 户，共 3 户')).toBeVisible();
	await closeVote(convener);
	await Promise.all(tellers.map(certify));
}

async function agree({ page, visit }: Neighbor, minutes: string): Promise<void> {
	await visit(minutes);
	await press(page, '同意这份纪要');
	await expect(page.getByText('您已经同意这份纪要')).toBeVisible();
}

async function confirm(page: Page, verb: string): Promise<void> {
	await page.getByRole('dialog').getByRole('button', { name: verb, exact: true }).click();
}

/** What the relay serves, without its markup: no script has run. */
async function readPublicPage(): Promise<string> {
	const address = `${relay.origin}/n/${slugOf(story.topic)}`;
	await expect.poll(() => fetch(address).then(({ status }) => status)).toBe(200);
	const html = await (await fetch(address)).text();
	return html.replace(/<wbr\s*\/?>|<!--.*?-->/g, '').replace(/<[^>]+>/g, ' ');
}
