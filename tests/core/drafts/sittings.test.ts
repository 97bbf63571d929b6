import { expect, test } from 'vitest';
import { sittingsOf } from '#core/drafts/sittings.ts';

const MINUTE = 60_000;
const at = (...minutes: readonly number[]) => minutes.map((minute) => ({ at: minute * MINUTE }));

test('[VERSION-1] edits less than half an hour apart are one sitting', () => {
	const sittings = sittingsOf(at(0, 29, 58, 88, 100, 700));
	expect(sittings.map(({ edits }) => edits.length)).toEqual([3, 2, 1]);
	expect(sittings.map(({ from, to }) => [from / MINUTE, to / MINUTE])).toEqual([
		[0, 58],
		[88, 100],
		[700, 700],
	]);
});

test('[VERSION-1] a clock that was set back begins no sitting, and no edits are no sitting', () => {
	expect(sittingsOf(at(50, 10, 20))).toHaveLength(1);
	expect(sittingsOf([])).toEqual([]);
});
