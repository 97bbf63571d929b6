import { mkdirSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import { must } from '../support/must.ts';
import { gatherCourtyard, type ToldCourtyard } from './support/courtyard.ts';
import { courtyardScreens } from './support/courtyard-screens.ts';
import { gatherCrowd, type ToldCrowd } from './support/crowd.ts';
import { crowdedScreens } from './support/crowded-screens.ts';
import type { Neighbor } from './support/neighbor.ts';
import { axeFaults, LAYOUT_RULES, type Rule } from './support/screen-rules.ts';
import { LOCALES, wordsOf, type Locale, type Screen } from './support/screen.ts';
import { allScreens } from './support/screens.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';
import { gatherViewers } from './support/viewers.ts';

/** How a screen is looked at. */
interface Scene {
	readonly width: number;
	readonly theme: 'light' | 'dark';
	readonly text: '18' | '30';
}

// `npm run test:screens`: everything with everything (UX 6). `npm test`: every screen meets both widths, themes and
// languages, and every pair of them; besides, the hardest corner of the matrix.
const isFull = process.env['SCREENS'] === 'full';
const HARDEST: Scene = { width: 320, theme: 'light', text: '30' };
const SLICE: Readonly<Record<Locale, readonly Scene[]>> = {
	'zh-Hans': [phone('light'), laptop('dark'), HARDEST],
	en: [phone('dark'), laptop('light'), HARDEST],
};
// What adds length and not color is looked at in each width once, and in the hardest corner.
const BRIEF_SLICE: Readonly<Record<Locale, readonly Scene[]>> = {
	'zh-Hans': [phone('light'), HARDEST],
	en: [laptop('light')],
};
const WIDTHS = [320, 360, 412, 768, 1280, 1920];
const MATRIX: readonly Scene[] = WIDTHS.flatMap((width) =>
	(['light', 'dark'] as const).flatMap((theme) => (['18', '30'] as const).map((text) => ({ width, theme, text }))),
);
/** A pattern of the names of those to be looked at; the crowd takes long to gather, and only `many…` needs it. */
const only = process.env['SCREENS_ONLY'] ?? '';
const withCrowd = only === '' || only.startsWith('many');
/** A folder for pictures of everything that is looked at. */
const pictures = process.env['SCREENS_PICTURES'];

const faults: Record<Rule, string[]> = { sideways: [], text: [], targets: [], axe: [] };

// All is seen once, beforehand, and then judged rule by rule. Recording what hundreds of pages do would take longer.
test.describe.configure({ mode: 'serial' });
test.use({ trace: 'off', screenshot: 'off' });

let story: ToldStory;
let courtyard: ToldCourtyard | undefined;
let many: ToldCrowd | undefined;
let viewers: Readonly<Record<string, Neighbor>> = {};
let seen = 0;

test.beforeAll(async ({ browser }) => {
	test.setTimeout(isFull ? 4 * 60 * 60_000 : 20 * 60_000);
	if (pictures) mkdirSync(pictures, { recursive: true });
	story = await tellStoryToRelay();
	const few = await gatherViewers(browser, story);
	courtyard = await gatherCourtyard(browser);
	many = withCrowd ? await gatherCrowd(browser) : undefined;
	const inTheCorners = { ...few.viewers, ...many?.viewers };
	viewers = { ...inTheCorners, ...courtyard.viewers };
	const screens = [
		...allScreens(story, few.states),
		...courtyardScreens(courtyard, story.guests),
		...(many ? crowdedScreens(many.crowd) : []),
	];
	// Not all at once: who shares two cores with too many others waits too long.
	for (const group of [inTheCorners, courtyard.viewers]) {
		for (const locale of LOCALES) {
			await Promise.all(Object.entries(group).map(([name, viewer]) => look(viewer, screensOf(screens, name), locale)));
		}
	}
});
test.afterAll(async () => {
	for (const viewer of Object.values(viewers)) await viewer.leave();
	await many?.end();
	await courtyard?.end();
	await story.end();
});

test('[UI-2] no sideways scroll on any screen', () => {
	expect(seen).toBeGreaterThan(0);
	expect(faults.sideways).toEqual([]);
});

test('[UI-3] no text under 16 px on any screen', () => {
	expect(faults.text).toEqual([]);
});

test('[UI-4] targets of 60 px for what is asked, of 44 px for the rest', () => {
	expect(faults.targets).toEqual([]);
});

test('[UI-5] axe wcag22aa clean on every screen and dialog', () => {
	expect(faults.axe).toEqual([]);
});

test('[UI-8] a long list to tick is searched and shows twenty at a time; ticks stay while others are looked for', async () => {
	test.skip(!withCrowd, 'SCREENS_ONLY has left the crowd out');
	const { viewers, crowd } = must(many);
	const { page, visit } = viewers['busy convener'];
	await visit(`/app/meetings/${crowd.meeting}/attendance`);
	const words = wordsOf('en');
	const ticked = () =>
		page
			.getByRole('main')
			.getByText(words('meeting_attendance_sum').split('{')[0] ?? '')
			.last();
	await expect(page.getByRole('checkbox')).toHaveCount(20);
	await page.getByRole('checkbox', { checked: false }).first().check();
	const before = await ticked().innerText();
	await page.getByLabel(words('people_search')).fill('没有这个人');
	await expect(page.getByRole('checkbox')).toHaveCount(0);
	expect(await ticked().innerText()).toBe(before);
});

function scenesOf({ isBrief }: Screen, locale: Locale): readonly Scene[] {
	if (isFull) return MATRIX;
	return (isBrief ? BRIEF_SLICE : SLICE)[locale];
}

const screensOf = (screens: readonly Screen[], name: string) =>
	screens.filter((screen) => screen.viewer === name && new RegExp(only).test(screen.name));

/** One person walks through their screens in one language. */
async function look(viewer: Neighbor, screens: readonly Screen[], locale: Locale): Promise<void> {
	await viewer.visit('/app');
	await viewer.page.evaluate((chosen) => localStorage.setItem('PARAGLIDE_LOCALE', chosen), locale);
	// Whoever has none from the beginning is looked at once.
	const withoutToo = isFull && !viewer.network.isCut;
	for (const network of withoutToo ? (['online', 'offline'] as const) : (['online'] as const)) {
		if (network === 'offline') viewer.network.cut();
		for (const screen of screens) {
			if (network === 'offline' && isPublic(screen)) continue;
			await show(viewer, screen, locale, network);
			for (const scene of scenesOf(screen, locale)) {
				await judge(viewer.page, scene, `${screen.name}, ${locale}, ${network}`);
			}
		}
		if (network === 'offline') viewer.network.heal();
	}
}

async function show(
	{ page, visit }: Neighbor,
	{ name, path, steps }: Screen,
	locale: Locale,
	network: 'online' | 'offline',
): Promise<void> {
	// A new address with only another fragment would not load the page anew.
	await page.goto('about:blank');
	await page.setViewportSize({ width: 360, height: 740 });
	await visit(locale === 'en' && isPublic({ path }) ? `/en${path}` : path);
	await expect(page.locator('h1').first(), `${name}, ${locale}`).toBeVisible();
	await expect(page.locator('.skeleton'), `${name}, ${locale}`).toHaveCount(0);
	for (const step of steps) {
		const taken = step(page, wordsOf(locale));
		// Without a network a step may lead nowhere. What then stands on the screen is looked at all the same.
		await (network === 'online' ? taken : taken.catch(() => undefined));
	}
}

async function judge(page: Page, { width, theme, text }: Scene, where: string): Promise<void> {
	await page.setViewportSize({ width, height: width < 1024 ? 740 : 800 });
	await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
	await page.evaluate((size) => (document.documentElement.dataset['text'] = size), text);
	const scene = `${where}, ${width} px, ${theme}, ${text} px`;
	const note = (rule: Rule, found: readonly string[]) =>
		faults[rule].push(...found.map((fault) => `${scene} · ${fault}`));
	note('sideways', await page.evaluate(LAYOUT_RULES.sideways));
	note('text', await page.evaluate(LAYOUT_RULES.text));
	if (width === 360) note('targets', await page.evaluate(LAYOUT_RULES.targets));
	const isForAxe = text === '18' && (!isFull || width === 360 || width === 1280);
	if (isForAxe || pictures) await makeAsTallAsThePage(page);
	if (isForAxe) note('axe', await axeFaults(page));
	if (pictures) await page.screenshot({ path: `${pictures}/${scene.replaceAll(/\W+/g, '-')}.png` });
	seen += 1;
}

/** Otherwise the bar at the foot would lie over whatever happens to be there, and axe would call that too small. */
async function makeAsTallAsThePage(page: Page): Promise<void> {
	const [width, height] = await page.evaluate(() => [innerWidth, document.documentElement.scrollHeight] as const);
	await page.setViewportSize({ width, height });
}

function isPublic({ path }: Pick<Screen, 'path'>): boolean {
	return path === '/' || path.startsWith('/n/');
}

function phone(theme: Scene['theme']): Scene {
	return { width: 360, theme, text: '18' };
}

function laptop(theme: Scene['theme']): Scene {
	return { width: 1280, theme, text: '18' };
}
