import { expect, test, type Page } from '@playwright/test';
import { gzipSync } from 'node:zlib';
import { apply, press } from './support/acts.ts';
import { tellEveryState } from './support/every-state.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

const MOST_BYTES = 125_000;
/** What Yjs says when it is loaded twice; no other library does. */
const ONLY_IN_YJS = 'Yjs was already imported';

let story: ToldStory;
let voter: Neighbor;

test.beforeAll(async () => {
	story = await tellStoryToRelay();
});
test.afterAll(async () => {
	await voter.leave();
	await story.end();
});

test('[UI-1] a cold visit to a vote loads at most 125 kB of script up to the receipt, and no Yjs', async ({
	browser,
}) => {
	const [, , member = ''] = story.guests;
	voter = await Neighbor.arrive(browser, story.relay, '郑秀兰', PHONE, 'block');
	await apply(voter, member, '6号楼');
	await expect(voter.page.getByRole('heading', { name: /^今天/ })).toBeVisible();
	const { remote } = tellEveryState(story);
	await story.offer();

	const { page } = voter;
	const scripts = collectScripts(page);
	await voter.visit(`/app/vote/${remote.poll}`);
	await page.getByRole('radio', { name: '同意' }).check();
	await press(page, '下一步：核对');
	await press(page, '提交');
	await expect(page.getByRole('heading', { name: '投票回执' })).toBeVisible();

	const bodies = await Promise.all(scripts.values());
	const bytes = bodies.reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
	test.info().annotations.push({ type: 'bytes', description: `${bytes} in ${bodies.length} scripts` });
	expect(bodies.length).toBeGreaterThan(2);
	expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
	expect(bodies.filter((body) => body.includes(ONLY_IN_YJS))).toEqual([]);
});

/** By address, each script the page asks for from now on. */
function collectScripts(page: Page): ReadonlyMap<string, Promise<Buffer>> {
	const scripts = new Map<string, Promise<Buffer>>();
	page.on('response', (response) => {
		const type = response.headers()['content-type'] ?? '';
		const { pathname } = new URL(response.url());
		if (type.includes('javascript')) scripts.set(pathname, response.body());
	});
	return scripts;
}
