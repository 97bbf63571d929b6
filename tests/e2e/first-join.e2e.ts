import { expect, test } from '@playwright/test';
import { bigGrid } from '../bench/big-grid.ts';
import { must } from '../support/must.ts';
import { apply } from './support/acts.ts';
import { heldOnDisk, untilHeld } from './support/device-disk.ts';
import { filledRelay, type FilledRelay } from './support/filled-relay.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';

const { corner } = bigGrid(60, 3000).council;
const records = corner.ledger.idsOf(null).length;

/** Bytes; all of it is more than a mebibyte. */
const SOME = 300_000;

let filled: FilledRelay;
let newcomer: Neighbor;

test.beforeAll(async () => {
	filled = await filledRelay(corner);
});
test.afterAll(async () => {
	await newcomer.leave();
	await filled.end();
});

test('[SYNC-2] [NET-3] a first join says how far it is; a page closed in the middle of it goes on from what is stored', async ({
	browser,
}) => {
	newcomer = await Neighbor.arrive(browser, filled.relay, '郑秀兰', PHONE);
	const { page } = newcomer;
	// The app itself comes over the same network: first all of it, so that only records are counted afterwards.
	await newcomer.visit('/verify');
	await newcomer.installed();
	const progress = page.locator('progress').waitFor();
	await apply(newcomer, must(filled.guests[0]), '6号楼');
	// However quick the machine is, some of it has come then, and not all.
	newcomer.network.stallAfter(SOME);
	await progress;
	await untilHeld(page, 'records', 100);
	newcomer.network.heal();
	// A page without script: what is on the disk there, the app has stored before.
	await newcomer.visit('/');
	const stored = await heldOnDisk(page, 'records');
	expect(stored).toBeGreaterThan(0);
	expect(stored).toBeLessThan(records);
	await newcomer.visit('/app');
	await untilHeld(page, 'records', records);
	await expect(page.getByRole('heading', { name: /^今天/ })).toBeVisible();
});
