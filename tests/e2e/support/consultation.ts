import { expect } from '@playwright/test';
import { eventually } from '../../support/wait.ts';
import { advance, follow, press, propose } from './acts.ts';
import { draftsStored } from './device-disk.ts';
import type { Person } from './person.ts';

/** Steps of a consultation that several stories tell. */

/** From a topic to a text that can be frozen. Answers the path of the topic's page, which is on screen. */
export async function discussed(convener: Person, title: string, words: string): Promise<string> {
	const topic = await propose(convener, title);
	for (const step of ['调研', '协商']) await advance(convener, step);
	await write(convener, words);
	return topic;
}

/** At the end of the text on screen; resolved when it may be left, even by loading another page. */
export async function write({ page }: Person, words: string): Promise<void> {
	await page.locator('.ProseMirror p').first().click();
	await expect(page.locator('.ProseMirror')).toBeFocused();
	await page.keyboard.press('Control+End');
	await page.keyboard.type(words);
	await draftsStored(page);
}

/** On the page of a meeting under way. */
export async function openVote({ page }: Person, present: number): Promise<void> {
	await follow(page, '主持台');
	await press(page, '开始表决');
	await expect(page.getByText(`已投 0 人，实到 ${present} 人`)).toBeVisible();
}

export async function hasToVote({ page, visit }: Person): Promise<void> {
	await visit('/app');
	await expect(page.getByRole('link', { name: '去表决' })).toBeVisible();
}

/** Whether what all of them show of their ledgers is the same: `structure-hash` on 我的, `poll-hash` on a result. */
export async function showTheSame(people: readonly Person[], testId: 'structure-hash' | 'poll-hash'): Promise<void> {
	await eventually(async () => {
		const words = await Promise.all(people.map(({ page }) => page.getByTestId(testId).innerText()));
		expect(new Set(words).size).toBe(1);
	}, 30_000);
}
