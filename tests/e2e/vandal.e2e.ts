import { expect, test } from '@playwright/test';
import { gappedUpdates, HOSTILE_UPDATES } from '../support/hostile-updates.ts';
import { must } from '../support/must.ts';
import { eventually } from '../support/wait.ts';
import { follow, press } from './support/acts.ts';
import { Attacker, Pulse } from './support/attacker.ts';
import { openFreshDraft } from './support/fresh-draft.ts';
import type { Neighbor } from './support/neighbor.ts';
import { tellStoryToRelay, type ToldStory } from './support/told-story.ts';

const TEXT = '日间照料中心由专业机构统一管理，收费每年公布一次。';
/** Longest that a neighbor waits for an answer during the attack, in milliseconds; both share this machine's two cores. */
const NO_PAUSE = 1000;

let story: ToldStory;
let neighbors: readonly Neighbor[] = [];

test.beforeAll(async () => {
	story = await tellStoryToRelay();
});
test.afterAll(async () => {
	for (const neighbor of neighbors) await neighbor.leave();
	await story.end();
});

test('[VERSION-6] a draft that a member emptied is restored from the screen, while the relay is attacked', async ({
	browser,
}) => {
	const fresh = await openFreshDraft(browser, story, '日间照料', ['王芳', '周明']);
	neighbors = fresh.neighbors;
	const [writer, vandal] = [must(neighbors[0]), must(neighbors[1])];
	await writer.page.locator('.ProseMirror p').first().click();
	await writer.page.keyboard.type(TEXT);
	await eventually(async () => expect(await vandal.draft()).toBe(TEXT));

	const [healthy, attacker] = must(story.people.voters.slice(1, 3)).map(({ device }) => device);
	const pulse = await Pulse.start(story.relay, fresh.room, must(healthy));
	const attack = attackWithEverything(fresh.room, must(attacker));

	await vandal.page.locator('.ProseMirror p').first().click();
	await vandal.page.keyboard.press('Control+A');
	await vandal.page.keyboard.press('Delete');
	await eventually(async () => expect(await writer.draft()).toBe(''));

	await follow(writer.page, '看以前的版本');
	await writer.page.getByRole('button', { name: /删去大段之前/ }).click();
	await expect(writer.page.locator('del')).toContainText('收费每年公布一次');
	await press(writer.page, '恢复这一版');
	await expect(writer.page.getByText('已恢复')).toBeVisible();
	await eventually(async () => expect(await vandal.draft()).toBe(TEXT));
	await press(writer.page, '撤销');
	await eventually(async () => expect(await vandal.draft()).toBe(''));
	await writer.page.getByRole('button', { name: /删去大段之前/ }).click();
	await press(writer.page, '恢复这一版');
	await writer.visit(fresh.page);
	for (const neighbor of neighbors) await eventually(async () => expect(await neighbor.draft()).toBe(TEXT));

	await attack;
	const longest = pulse.end();
	console.log(`longest answer during the attack: ${longest.toFixed(0)} ms`);
	test.info().annotations.push({ type: 'longest answer, ms', description: longest.toFixed(0) });
	expect(longest).toBeLessThan(NO_PAUSE);
});

/** Each hostile update as a live edit and as an answer, every one over a connection of its own, then 600 in the air. */
async function attackWithEverything(room: string, device: Attacker['device']): Promise<void> {
	for (const make of Object.values(HOSTILE_UPDATES)) {
		for (const kind of ['update', 'step2'] as const) {
			const attacker = await Attacker.logIn(story.relay, room, device);
			expect(await attacker.sendAndBeClosed(kind, make())).toBe(4400);
		}
	}
	const attacker = await Attacker.logIn(story.relay, room, device);
	for (const update of gappedUpdates(600)) attacker.send('update', update);
	await attacker.heard();
	attacker.leave();
}
