import { NOBODY, type Counts, type SevenCounts } from '#core/polls/counts.ts';

/** What is counted where each member is a unit: as many heads as units, and no area. */
export const memberCounts = (seven: Partial<SevenCounts>): Counts => {
	const counts = { ...NOBODY, ...seven };
	return { units: counts, heads: counts, area: NOBODY };
};

/** The same counts with some of their numbers otherwise. */
export const changedCounts = (counts: Counts, changed: Partial<SevenCounts>): Counts =>
	memberCounts({ ...counts.units, ...changed });
