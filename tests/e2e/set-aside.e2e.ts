import { expect, test } from '@playwright/test';
import { apply } from './support/acts.ts';
import { Neighbor, PHONE } from './support/neighbor.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

let story: ToldStory;
let reader: Neighbor;

test.beforeAll(async () => {
	story = await tellStoryToRelay();
});
test.afterAll(async () => {
	await reader.leave();
	await story.end();
});

test('[DEV-11] [DEV-12] a phone that is nearly full sets old texts aside, says so, and brings one back when it is opened', async ({
	browser,
}) => {
	const [, , member = ''] = story.guests;
	reader = await Neighbor.arrive(browser, story.relay, '郑秀兰', PHONE);
	const { page, visit } = reader;
	await apply(reader, member, '6号楼');
	await expect(reader.stateLine).toHaveText('已保存，大家都能看到');
	await page.addInitScript(() => {
		navigator.storage.estimate = () => Promise.resolve({ usage: 95_000_000, quota: 100_000_000 });
	});
	await visit('/app/me/storage');
	const before = await setAside();
	expect(before).toBeGreaterThan(1);

	await reader.installed();
	reader.network.cut();
	await visit(`/app/topics/${story.topic}`);
	await expect(page.getByText('定稿正在取到本机')).toBeVisible();
	reader.network.heal();
	await expect(page.getByRole('region', { name: '定稿' }).getByRole('paragraph').first()).toBeVisible();
	await visit('/app/me/storage');
	await expect.poll(setAside).toBe(before - 1);

	async function setAside(): Promise<number> {
		const words = await page.getByText(/先放下了 \d+ 份/).textContent();
		return Number(/(\d+) 份/.exec(words ?? '')?.[1]);
	}
});
