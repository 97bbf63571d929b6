import { expect } from '@playwright/test';
import { press } from './acts.ts';
import type { Person } from './person.ts';

export const FACE = '/app/me/file/face';

/** Two phones connect, by the two codes that they show each other. */
export async function meetFaceToFace(one: Person, other: Person): Promise<void> {
	const second = await answerCode(other, await showFirstCode(one));
	await press(one.page, '对方扫好了，扫对方的码');
	await readCode(one, second);
	for (const { page } of [one, other]) await expect(page.getByText(/^已和.+连上$/)).toBeVisible();
}

export async function showFirstCode(person: Person): Promise<string> {
	await person.visit(FACE);
	await press(person.page, '我先出示码');
	return shownCode(person);
}

/** Answers the second code, with which the other phone is to go on. */
export async function answerCode(person: Person, first: string): Promise<string> {
	await person.visit(FACE);
	await press(person.page, '扫对方的码');
	await readCode(person, first);
	return shownCode(person);
}

/** By the way for whoever has no camera. */
export async function readCode({ page }: Person, code: string): Promise<void> {
	const paste = page.getByLabel('或者粘贴码里的文字');
	if (!(await paste.isVisible())) await page.getByText('相机用不了？').click();
	await paste.fill(code);
	await press(page, '读取');
}

/** What the code on the screen holds. */
export async function shownCode({ page }: Person): Promise<string> {
	await expect(page.getByRole('img', { name: '给对方扫的二维码' })).toBeVisible();
	return page.getByLabel('这张码的文字').inputValue();
}
