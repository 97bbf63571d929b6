import { expect, test } from 'vitest';
import { beforeRemovals, type Change } from '#core/drafts/removals.ts';

const wrote = (written: number): Change => ({ written, removed: 0 });
const removed = (letters: number): Change => ({ written: 0, removed: letters });
const keptIn = (...changes: readonly Change[]) => [...beforeRemovals(changes)];

test('[VERSION-1] the text right before a large removal is kept, even if as much is written in its place', () => {
	expect(keptIn(wrote(50), removed(20), wrote(5))).toEqual([0]);
	expect(keptIn(wrote(50), wrote(1), { written: 50, removed: 50 })).toEqual([1]);
});

test('[VERSION-1] so is the fullest text before a slow one, once', () => {
	const bites = Array.from({ length: 10 }, () => removed(4));
	expect(keptIn(wrote(30), wrote(20), removed(3), ...bites.slice(0, 5))).toEqual([1]);
	expect(keptIn(wrote(50), ...bites)).toEqual([0, 5]);
});

test('[VERSION-1] correcting oneself is no removal', () => {
	expect(keptIn(...Array.from({ length: 60 }, (_, index) => (index % 2 === 0 ? wrote(8) : removed(7))))).toEqual([]);
});
