import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

export type Locale = 'zh-Hans' | 'en';
export const LOCALES: readonly Locale[] = ['zh-Hans', 'en'];

/** Three guests of a corner of hundreds, and one of no corner. */
const AMONG_MANY = ['busy convener', 'busy teller', 'busy member', 'passer-by'] as const;
/** Whose browser shows a screen: three guests of the corner, one who waits, one of no corner, one of a new corner. */
export type StoryViewer = 'convener' | 'teller' | 'member' | 'newcomer' | 'stranger' | 'founder';
export type CrowdViewer = (typeof AMONG_MANY)[number];
/** Of a corner with a laptop: who is connected to it, who reaches nothing, one who waits, one who was ended. */
export type CourtyardViewer = 'in the courtyard' | 'on their own' | 'second phone' | 'lost phone';
export type Viewer = StoryViewer | CrowdViewer | CourtyardViewer;

const isAmongMany = (viewer: Viewer): boolean => AMONG_MANY.some((name) => name === viewer);

export interface Screen {
	readonly name: string;
	readonly viewer: Viewer;
	readonly path: string;
	/** What brings the screen into the state that is meant, once it is there. */
	readonly steps: readonly Step[];
	/** The look of it is another screen's; this one adds words, length or a dialog. */
	readonly isBrief?: boolean;
}
export type Step = (page: Page, words: Words) => Promise<unknown>;

/** The words on the screen by message key. */
export type Words = (key: string) => string;

const MESSAGES = fileURLToPath(new URL('../../../src/lib/i18n/messages/', import.meta.url));

export function wordsOf(locale: Locale): Words {
	const files = readdirSync(`${MESSAGES}${locale}`).map((file) => readFileSync(`${MESSAGES}${locale}/${file}`, 'utf8'));
	const all = Object.assign({}, ...files.map((json) => JSON.parse(json) as object)) as Record<string, string>;
	return (key) => {
		const text = all[key];
		if (text === undefined) throw new Error(`There is no message ${key} in ${locale}`);
		return text;
	};
}

export const press = (key: string) => (page: Page, words: Words) => buttons(page, words(key)).first().click();
/** What an earlier language may have pressed already. */
export const pressIfThere = (key: string) => async (page: Page, words: Words) => {
	const button = buttons(page, words(key));
	if (await button.isVisible()) await button.click();
};
/** In a dialog that a step before has opened. */
export const confirm = (key: string) => (page: Page, words: Words) =>
	page
		.getByRole('dialog')
		.getByRole('button', { name: words(key), exact: true })
		.click();
export const pick = (key: string, index: number) => (page: Page, words: Words) =>
	page.getByLabel(words(key), { exact: true }).selectOption({ index });
export const fill = (key: string, text: string) => (page: Page, words: Words) =>
	page.getByLabel(words(key), { exact: true }).fill(text);
export const choose = (index: number) => (page: Page) => page.getByRole('radio').nth(index).check();
export const tick = (index: number) => (page: Page) => page.getByRole('main').getByRole('checkbox').nth(index).check();
/** Of those to be put in an order. */
export const tapOption = (index: number) => (page: Page) =>
	page.getByRole('group').getByRole('list').getByRole('button').nth(index).click();
export const unfold = (page: Page) => page.locator('summary').last().click();
export const unfoldThat = (key: string) => (page: Page, words: Words) =>
	page
		.getByRole('main')
		.locator('summary', { hasText: words(key) })
		.click();
export const unfoldFirst = (page: Page) => page.getByRole('main').locator('summary').first().click();
export const openFirstRow = (page: Page) =>
	page.getByRole('main').getByRole('list').getByRole('button').first().click();
export const untilShown = (selector: string) => (page: Page) => page.locator(selector).first().waitFor();
/** As far as the words are the same each time. */
export const untilSaid = (key: string) => (page: Page, words: Words) =>
	page
		.getByText(words(key).split('{')[0] ?? '')
		.first()
		.waitFor();
/** How far what is written goes now. */
export const untilSigned = (key: string) => (page: Page, words: Words) =>
	page
		.getByRole('banner')
		.getByRole('link', { name: words(key) })
		.waitFor();
export const untilOffered = (key: string) => (page: Page, words: Words) => buttons(page, words(key)).waitFor();
export const untilWritable = (page: Page) => page.locator('.ProseMirror').waitFor();

const buttons = (page: Page, name: string) => page.getByRole('main').getByRole('button', { name, exact: true });

export async function writeSomething(page: Page): Promise<void> {
	const text = page.locator('.ProseMirror');
	if ((await text.innerText()).trim() === '') await text.fill('车位线已经看不清，常有人停到消防通道上。');
}

export function screen(name: string, viewer: Viewer, path: string, ...steps: readonly Step[]): Screen {
	return { name, viewer, path, steps, isBrief: isAmongMany(viewer) };
}

/** `npm test` looks at it less often. */
export const brief = (...all: Parameters<typeof screen>): Screen => ({ ...screen(...all), isBrief: true });
