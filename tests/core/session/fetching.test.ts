import { expect, test } from 'vitest';
import { FetchCount, type Fetching } from '#lib/session/sync/fetching.ts';
import type { PollId } from '#core/kernel/ids.ts';
import { paced } from '#lib/session/paced.ts';
import { eventually } from '../../support/wait.ts';

test('[NET-2] what is asked for while it runs runs once more, and not once for each', async () => {
	let runs = 0;
	let finish = () => {};
	const ask = paced(async () => {
		runs++;
		if (runs === 1) await new Promise<void>((resolve) => (finish = resolve));
	});
	for (let asked = 0; asked < 100; asked++) ask();
	expect(runs).toBe(1);
	finish();
	await eventually(() => expect(runs).toBe(2));
	ask();
	await eventually(() => expect(runs).toBe(3));
});

test('[NET-3] many records are counted as they come, and few are not worth a word', () => {
	const said: (Fetching | undefined)[] = [];
	const count = new FetchCount((fetching) => said.push(fetching));
	const poll = 'ab'.repeat(32) as PollId;
	count.came(null, 20, 30);
	count.came(null, 30, 0);
	expect(said).toEqual([undefined, undefined]);
	count.came(null, 128, 500);
	count.came(poll, 100, 50);
	count.came(null, 500, 0);
	count.came(poll, 50, 700);
	count.forget();
	expect(said.slice(2)).toEqual([
		{ done: 128, total: 628 },
		{ done: 228, total: 778 },
		undefined,
		{ done: 150, total: 850 },
		undefined,
	]);
});
