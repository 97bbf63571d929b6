import { expect, type Browser } from '@playwright/test';
import type { PollId } from '#core/kernel/ids.ts';
import { formatDeviceOffer } from '#core/roster/device-offer.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import { devicesOf } from '#core/roster/selectors.ts';
import { formatRelayCard, parseRelayCard, type RelayCard } from '#core/wire/relay-card.ts';
import { DAY } from '../../../server/cli/scenario/steps.ts';
import { must } from '../../support/must.ts';
import { apply, press, propose } from './acts.ts';
import { Chronicle } from './chronicle.ts';
import { Laptop } from './laptop.ts';
import { memberCalled } from './member-called.ts';
import { Neighbor } from './neighbor.ts';
import type { CourtyardViewer } from './screen.ts';
import { shownLink } from './shown-code.ts';
import { tellStoryToRelay, type ToldStory } from './told-story.ts';

const SAVED = '已保存，大家都能看到';
/** Where nobody listens. */
const CLOSED_PORT = 9;

export interface Courtyard {
	/** Of the laptop that the corner has taken on. */
	readonly card: RelayCard;
	/** The same laptop where it was once. */
	readonly formerly: RelayCard;
	/** Open, and not yet voted by the one who is alone. */
	readonly poll: PollId;
	/** What the second phone shows to the first. */
	readonly answer: string;
	readonly story: ToldStory;
	/** Without a network too, for whoever wants to meet face to face. */
	readonly mate: Neighbor;
}
export interface ToldCourtyard {
	readonly viewers: Readonly<Record<CourtyardViewer, Neighbor>>;
	readonly courtyard: Courtyard;
	end(): Promise<void>;
}

/** A corner of its own with a laptop in its courtyard: who is connected there, who reaches nothing, and two phones. */
export async function gatherCourtyard(browser: Browser): Promise<ToldCourtyard> {
	const story = await tellStoryToRelay();
	const laptop = await Laptop.start('三号院的笔记本');
	const arrive = (name: string) => Neighbor.arrive(browser, story.relay, name);
	const come = async (name: string, kind: number) => {
		const guest = await arrive(name);
		await apply(guest, must(story.guests[kind]), '3号楼');
		await expect(guest.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
		return guest;
	};
	const [near, alone] = [await come('周海燕', 0), await come('郑秀兰', 2)];
	const [lost, mate] = [await come('何建军', 2), await come('吴志强', 1)];
	const second = await arrive('郑秀兰');
	const { poll } = new Chronicle(story).openVote('每月第一个周六清理楼道堆物', 'R12-all', Date.now() + 2 * DAY);
	await story.offer();
	const answer = await askInBeside(second, story, alone);
	await loseAPhone(story, lost);
	const card = await readCard(browser, laptop);
	const formerly = { ...card, port: CLOSED_PORT };
	await takeOn(near, card);
	await missIt(alone, formerly);
	await prepareFor(mate, '/app/me/file/face');
	await prepareFor(alone, `/app/vote/${poll}`);
	await propose(alone, '楼道里的灯一直不亮');
	return {
		viewers: { 'in the courtyard': near, 'on their own': alone, 'second phone': second, 'lost phone': lost },
		courtyard: { card, formerly, poll, answer, story, mate },
		async end() {
			await mate.leave();
			await laptop.stop();
			await story.end();
		},
	};
}

/** Of the laptop, as a camera reads it. */
async function readCard(browser: Browser, laptop: Laptop): Promise<RelayCard> {
	const context = await browser.newContext();
	const page = await context.newPage();
	await page.goto(laptop.address);
	const card = parseRelayCard(await shownLink(page));
	await context.close();
	return must(card.ok ? card.value : undefined);
}

/** The first device of whoever came under this name. */
function phoneOf({ corner }: ToldStory, { name }: Neighbor) {
	return must(devicesOf(corner.roster, must(memberCalled(corner, name)))[0]);
}

/** Answers what the phone shows while it waits. */
async function askInBeside({ page, visit }: Neighbor, story: ToldStory, first: Neighbor): Promise<string> {
	await visit(`/join#${formatDeviceOffer({ grid: story.corner.grid, introducer: phoneOf(story, first).add })}`);
	await press(page, '在这台手机上用');
	await expect(page.getByRole('heading', { name: '用您的另一台手机扫这个码' })).toBeVisible();
	return must((await page.getByLabel('也可以把链接发给自己').inputValue()).split('#')[1]);
}

async function loseAPhone(story: ToldStory, lost: Neighbor): Promise<void> {
	const { corner, people } = story;
	const target = phoneOf(story, lost).add;
	const capacity = { under: 'office', as: must(corner.grantOf('convener')) } as const;
	corner.act(people.convener, (composer) =>
		endRight(composer, capacity, { type: 'device.revoke', target, cuts: [], reason: 'lost' }),
	);
	await story.offer();
	await expect(lost.page.getByRole('heading', { name: '这台手机已被注销' })).toBeVisible();
}

const showCode = ({ visit, origin }: Neighbor, card: RelayCard): Promise<void> =>
	visit(formatRelayCard(origin, card).slice(origin.length));

async function takeOn(convener: Neighbor, card: RelayCard): Promise<void> {
	await showCode(convener, card);
	await press(convener.page, '登记并连接');
	await expect(convener.page.getByText('院里在线。')).toBeVisible();
}

async function missIt(member: Neighbor, card: RelayCard): Promise<void> {
	await showCode(member, card);
	await press(member.page, '连接院里');
	await expect(member.page.getByRole('banner').getByRole('link', { name: '全网在线' })).toBeVisible();
}

/** Takes the network away, once everything that will be looked at is here. */
async function prepareFor(neighbor: Neighbor, path: string): Promise<void> {
	await neighbor.visit(path);
	await expect(neighbor.stateLine).toHaveText(SAVED);
	await neighbor.installed();
	neighbor.network.cut();
}
