import { expect, test, type Page } from '@playwright/test';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

let story: ToldStory;
let slug: string;

test.beforeAll(async () => {
	story = await tellStoryToRelay();
});
test.afterAll(() => story.end());

test.use({ javaScriptEnabled: false });

test('[PUB-5] every public page says what it must without a script, in both languages', async ({ page }) => {
	const scripts = countScripts(page);
	await page.goto(`${story.relay.origin}/`);
	const outcome = page.getByRole('link', { name: /日间照料中心/ });
	await expect(outcome).toBeVisible();
	slug = new URL((await outcome.getAttribute('href')) ?? '', page.url()).pathname;

	await page.goto(`${story.relay.origin}${slug}`);
	await expect(page.locator('html')).toHaveAttribute('lang', 'zh-Hans');
	await saysTheOutcome(page, ['应到 11 人', '实到 10 人', '同意 8', '到会']);

	await page.goto(`${story.relay.origin}/en${slug}`);
	await expect(page.locator('html')).toHaveAttribute('lang', 'en');
	await saysTheOutcome(page, ['11', '10', '8']);

	await page.goto(`${story.relay.origin}/en`);
	await expect(page.getByRole('link', { name: /日间照料中心/ })).toBeVisible();
	expect(scripts.bytes).toBe(0);
});

test('[PUB-15] the whole number of the corner is on the page, in print too, and is copied in one piece', async ({
	page,
}) => {
	for (const media of ['screen', 'print'] as const) {
		await page.emulateMedia({ media });
		await page.goto(`${story.relay.origin}${slug}`);
		const number = page.getByText(story.corner.grid, { exact: true });
		await expect(number).toBeVisible();
		expect(await number.evaluate((element) => element.textContent)).toBe(story.corner.grid);
	}
});

test('[PUB-5] every style that a public page asks for comes with it', async ({ page }) => {
	for (const path of ['/', slug, '/en', `/en${slug}`]) {
		await page.goto(`${story.relay.origin}${path}`);
		expect(await page.evaluate(classesWithoutStyle), path).toEqual([]);
	}
});

test('[PUB-3] no name of a resident stands on a public page unmasked', async ({ page }) => {
	for (const path of ['/', slug, '/en', `/en${slug}`]) {
		await page.goto(`${story.relay.origin}${path}`);
		const text = (await page.content()).normalize();
		for (const name of ['王芳', '李建国', '陈玉梅', '赵秀英', '马大爷']) expect(text).not.toContain(name);
	}
});

test('[PUB-6] an address that is not there says so, in both languages', async ({ page }) => {
	const missing = await page.goto(`${story.relay.origin}/n/aaaaaaaaaa`);
	expect(missing?.status()).toBe(404);
	await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
	const english = await page.goto(`${story.relay.origin}/en/n/aaaaaaaaaa`);
	expect(english?.status()).toBe(404);
});

/** Svelte marks an element with a class of its component's only where a style speaks of it. */
function classesWithoutStyle(): readonly string[] {
	const marks = [...document.querySelectorAll('[class*="svelte-"]')].flatMap(({ classList }) => [...classList]);
	const rules = [...document.styleSheets]
		.flatMap((sheet) => [...sheet.cssRules].map(({ cssText }) => cssText))
		.join('\n');
	return [...new Set(marks)].filter((mark) => mark.startsWith('svelte-') && !rules.includes(mark));
}

/** The sentence, the text, the numbers, the rule, the minutes. */
async function saysTheOutcome(page: Page, sentences: readonly string[]): Promise<void> {
	const main = page.getByRole('main');
	for (const sentence of sentences) await expect(main).toContainText(sentence);
	await expect(main).toContainText('请一家专业服务机构统一管理照料中心');
	await expect(main).toContainText('同意在日间照料中心引入专业服务机构统一管理');
	await expect(main).toContainText('8 × 2 = 16');
}

/** Bytes of JavaScript that any page of this test asked for. */
function countScripts(page: Page): { bytes: number } {
	const seen = { bytes: 0 };
	page.on('response', async (response) => {
		const isScript = response.request().resourceType() === 'script' || response.url().endsWith('.js');
		if (isScript) seen.bytes += (await response.body()).length;
	});
	return seen;
}
