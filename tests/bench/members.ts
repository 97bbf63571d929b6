import { chromium, type Browser } from '@playwright/test';
import { browserOptions } from '../support/browser.ts';
import { must } from '../support/must.ts';
import { fillInInvitation, press } from '../e2e/support/acts.ts';
import { untilHeld } from '../e2e/support/device-disk.ts';
import { filledRelay } from '../e2e/support/filled-relay.ts';
import { Neighbor, PHONE } from '../e2e/support/neighbor.ts';
import { bigGrid, type BigGrid } from './big-grid.ts';

interface Times {
	/** From "join" until every record of structure is on the device. */
	readonly firstJoin: number;
	readonly sawProgress: boolean;
	/** From a tap until the page's heading and its last row are there. */
	readonly roster: number;
	readonly home: number;
	/** From opening the app anew until the home page stands. */
	readonly opening: number;
}

/** A small grid beside one with 300 members and 9,000 records: first join, roster, home page, opening again. */
export async function membersBench(): Promise<void> {
	const browser = await chromium.launch(await browserOptions());
	const small = await timesIn(browser, bigGrid(30, 900));
	const large = await timesIn(browser, bigGrid(300, 9000));
	await browser.close();
	console.log('members          30 / 900 records   300 / 9,000 records    ratio');
	for (const name of ['firstJoin', 'roster', 'home', 'opening'] as const) print(name, small[name], large[name]);
	console.log(`progress shown during the large first join: ${large.sawProgress ? 'yes' : 'no'}`);
}

async function timesIn(browser: Browser, grid: BigGrid): Promise<Times> {
	const { relay, guests, end } = await filledRelay(grid.council.corner);
	const guest = await Neighbor.arrive(browser, relay, '郑秀兰', PHONE);
	const { page } = guest;
	const records = grid.council.corner.ledger.idsOf(null).length;
	await fillInInvitation(guest, must(guests[0]), '6号楼');
	const began = performance.now();
	const progress = page.locator('progress').waitFor({ timeout: 60_000 });
	await press(page, '加入');
	await untilHeld(page, 'records', records);
	const firstJoin = performance.now() - began;
	const sawProgress = await Promise.race([progress.then(() => true).catch(() => false), later()]);
	await page.getByRole('heading', { name: /^今天/ }).waitFor();
	const opening = await timed(async () => {
		await page.reload();
		await page.getByRole('heading', { name: /^今天/ }).waitFor();
	});
	const roster = await timed(async () => {
		await guest.page.evaluate(() => history.pushState({}, '', '/app/me'));
		await guest.visit('/app/roster');
		await page.getByText('王芳').first().waitFor();
	});
	const home = await timed(async () => {
		await page.getByRole('link', { name: '首页' }).first().click();
		await page.getByRole('heading', { name: /^今天/ }).waitFor();
	});
	await guest.leave();
	await end();
	return { firstJoin, sawProgress, roster, home, opening };
}

async function timed(work: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}

const later = () => new Promise<false>((resolve) => setTimeout(() => resolve(false), 100));

function print(name: string, small: number, large: number): void {
	const column = (ms: number) => `${(ms / 1000).toFixed(2)} s`.padStart(18);
	console.log(`${name.padEnd(10)}${column(small)}${column(large)}${(large / small).toFixed(1).padStart(12)} ×`);
}
