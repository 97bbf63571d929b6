import type { Page } from '@playwright/test';
import type { Person } from '../e2e/support/person.ts';
import { must } from '../support/must.ts';

/** Milliseconds since the app was opened. */
interface Opening {
	/** Until its first page stood. */
	readonly shown: number;
	/** Until it said what it was waited for to say. */
	readonly reached: number;
}

/** Opens the app so many times, as from the home screen, until its sign says this; tells the median and the extremes. */
export async function tellOpenings(person: Person, times: number, sign: string): Promise<void> {
	const openings: Opening[] = [];
	while (openings.length < times) openings.push(await opened(person, sign));
	for (const name of ['shown', 'reached'] as const) {
		const [shortest, median, longest] = spread(openings.map((opening) => opening[name]));
		console.log(`opening the app, ${name}: median ${median} s of ${times}, from ${shortest} s to ${longest} s`);
	}
}

async function opened({ page, visit }: Person, sign: string): Promise<Opening> {
	await visit('/app');
	await page.reload();
	return { shown: await seenAt(page, 'h1, h2', '今天'), reached: await seenAt(page, 'header a', sign) };
}

/** Looked for at each frame by the page itself, whose clock began when it was opened. */
async function seenAt(page: Page, selector: string, words: string): Promise<number> {
	const seen = await page.waitForFunction(
		([where, what]) =>
			[...document.querySelectorAll(where)].some(({ textContent }) => textContent.includes(what)) && performance.now(),
		[selector, words] as const,
	);
	return Number(await seen.jsonValue());
}

/** The shortest, the median, and the longest, in seconds. */
function spread(times: readonly number[]): readonly [string, string, string] {
	const sorted = [...times].sort((one, other) => one - other);
	const at = (share: number) => (must(sorted[Math.floor((sorted.length - 1) * share)]) / 1000).toFixed(2);
	return [at(0), at(0.5), at(1)];
}
