import { expect, test, type Page } from '@playwright/test';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { shortHash } from '#core/kernel/ids.ts';
import { parseRelayCard, type RelayCard } from '#core/wire/relay-card.ts';
import { must } from '../support/must.ts';
import { Laptop } from './support/laptop.ts';
import { axeFaults, LAYOUT_RULES } from './support/screen-rules.ts';
import { shownLink } from './support/shown-code.ts';

const IN_PAGE = fileURLToPath(new URL('./support/direct-in-page.ts', import.meta.url));

let site: Server;
let origin: string;
let laptop: Laptop;

/** The phone's page is of another origin than the laptop's, as the app's is. */
test.beforeAll(async () => {
	const script = await bundled();
	site = createServer((_, response) => {
		response.setHeader('content-type', 'text/html; charset=utf-8').end(`<script type="module">${script}</script>`);
	});
	await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
	origin = `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
	laptop = await Laptop.start('院里的笔记本');
});
test.afterAll(async () => {
	site.close();
	await laptop.stop();
});

test('[DIRECT-9] the laptop shows one code that a camera reads, and how many phones are connected', async ({
	page,
	context,
}) => {
	await page.goto(laptop.address);
	await expect(page.getByRole('heading', { name: '院里的笔记本' })).toBeVisible();
	const card = cardIn(await shownLink(page));
	await expect(page.getByText(`核对码 ${shortHash(card.relay)}`)).toBeVisible();
	await expect(page.getByText('现在连着 0 部手机')).toBeVisible();
	const phone = await context.newPage();
	await stay(phone, card);
	await expect(page.getByText('现在连着 1 部手机')).toBeVisible();
	await phone.evaluate(() => globalThis.direct.hangUp());
	await expect(page.getByText('现在连着 0 部手机')).toBeVisible();
});

test('[DIRECT-9] the laptop’s page is in order on a small screen and a large one, and only its number changes', async ({
	page,
	context,
}) => {
	const card = await scannedCard(page);
	const code = await page.locator('svg').elementHandle();
	for (const count of [0, 3]) {
		for (let phone = 0; phone < count; phone++) await stay(await context.newPage(), card);
		await expect(page.getByText(`现在连着 ${count} 部手机`)).toBeVisible();
		for (const width of [320, 1280]) {
			await page.setViewportSize({ width, height: 720 });
			const layout = [await page.evaluate(LAYOUT_RULES.sideways), await page.evaluate(LAYOUT_RULES.text)];
			expect([...layout.flat(), ...(await axeFaults(page))]).toEqual([]);
		}
	}
	expect(await code?.evaluate(({ isConnected }) => isConnected)).toBe(true);
});

test('[DIRECT-3] [DIRECT-4] a real browser connects twenty times at once, and never to another certificate', async ({
	page,
}) => {
	const card = await scannedCard(page);
	await page.goto(origin);
	const open = await page.evaluate((read) => globalThis.direct.dialed(read, 20), card);
	expect(open).toEqual(Array<string>(20).fill('open'));
	const other = { ...card, fingerprint: '00'.repeat(32) };
	expect(await page.evaluate((read) => globalThis.direct.dialed(read, 1), other)).toEqual(['relay-differs']);
});

test('[DIRECT-6] a real browser hears with which code it is sent away', async ({ page }) => {
	const card = await scannedCard(page);
	await page.goto(origin);
	expect(await page.evaluate((read) => globalThis.direct.closed(read, 'no room', 0), card)).toBe(4404);
	// As much as one may say before its login, and then too much: it went through in many chunks and was put together.
	expect(await page.evaluate((read) => globalThis.direct.closed(read, 'ab'.repeat(32), 300_000), card)).toBe(4529);
});

/** Connects, until the page is left. */
async function stay(phone: Page, card: RelayCard): Promise<void> {
	await phone.goto(origin);
	expect(await phone.evaluate((read) => globalThis.direct.stay(read), card)).toBe('open');
}

function cardIn(link: string): RelayCard {
	const parsed = parseRelayCard(link);
	return must(parsed.ok ? parsed.value : undefined, link);
}

async function scannedCard(page: Page): Promise<RelayCard> {
	await page.goto(laptop.address);
	return cardIn(await shownLink(page));
}

async function bundled(): Promise<string> {
	const built = await build({
		configFile: false,
		logLevel: 'error',
		build: {
			...{ write: false, target: 'es2022', lib: { entry: IN_PAGE, formats: ['es'] }, minify: true },
			// One file: the page is served as nothing else.
			rolldownOptions: { output: { codeSplitting: false } },
		},
	});
	if (!Array.isArray(built)) throw new Error('A library is built once for each of its formats');
	return must(built[0]).output[0].code.replaceAll('</script', '<\\/script');
}
