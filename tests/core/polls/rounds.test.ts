import fc from 'fast-check';
import { expect, test } from 'vitest';
import { countRounds, leaderOf, type Picks } from '#core/polls/rounds.ts';

const OPTIONS = 5;
/** Some of the options, each once, in any order. */
const order = fc.shuffledSubarray([...Array(OPTIONS).keys()], { minLength: 1 });
const ballots: fc.Arbitrary<readonly Picks[]> = fc.array(
	fc.record({ picks: order, area: fc.integer({ min: 1, max: 4 }) }).map(({ picks, area }) => ({
		picks,
		weight: { units: 1, heads: 1, area },
	})),
	{ maxLength: 24 },
);

/** A second way to count ranked ballots: heaps of papers on a table, moved when an option goes out. */
function heapsOf(papers: readonly Picks[]): number[][] {
	let heaps = new Map([...Array(OPTIONS).keys()].map((option) => [option, [] as Picks[]]));
	const put = (paper: Picks, table: typeof heaps) => {
		for (const pick of paper.picks) {
			const heap = table.get(pick);
			if (heap) return void heap.push(paper);
		}
	};
	for (const paper of papers) put(paper, heaps);
	const rounds: number[][] = [];
	while (true) {
		const height = (option: number) => (heaps.get(option) ?? []).reduce((sum, { weight }) => sum + weight.area, 0);
		rounds.push([...Array(OPTIONS).keys()].map(height));
		const heights = [...heaps.keys()].map(height);
		const [highest, lowest] = [Math.max(...heights), Math.min(...heights)];
		const counted = heights.reduce((sum, one) => sum + one, 0);
		if (highest === lowest || highest > counted - highest) return rounds;
		const leaving = [...heaps].filter(([option]) => height(option) === lowest);
		heaps = new Map([...heaps].filter(([option]) => height(option) > lowest).map(([o, heap]) => [o, [...heap]]));
		for (const [, heap] of leaving) for (const paper of heap) put(paper, heaps);
	}
}

test('[POLL-20] ranked ballots are counted as heaps of papers would be, round by round', () => {
	const property = fc.property(ballots, (cast) => {
		expect(countRounds('ranked', OPTIONS, cast, 'area')).toEqual(heapsOf(cast));
	});
	fc.assert(property, { numRuns: 3000 });
});

test('[POLL-20] the order of ballots changes no round, and ever fewer options are in', () => {
	const property = fc.property(ballots, (cast) => {
		const rounds = countRounds('ranked', OPTIONS, cast, 'units');
		expect(countRounds('ranked', OPTIONS, [...cast].reverse(), 'units')).toEqual(rounds);
		const inRound = rounds.map((votes) => votes.filter((count) => count > 0).length);
		expect(inRound).toEqual([...inRound].sort((a, b) => b - a));
		expect(rounds.length).toBeLessThanOrEqual(OPTIONS);
	});
	fc.assert(property, { numRuns: 1000 });
});

test('[POLL-20] one pick or many are added up in one round, by the measure asked for', () => {
	const property = fc.property(ballots, (cast) => {
		const naive = [...Array(OPTIONS).keys()].map((option) =>
			cast.reduce((sum, { picks, weight }) => sum + (picks.includes(option) ? weight.area : 0), 0),
		);
		expect(countRounds('approval', OPTIONS, cast, 'area')).toEqual([naive]);
	});
	fc.assert(property, { numRuns: 1000 });
});

test('[POLL-20] several rounds: whoever is last goes out until one has more than half', () => {
	const many = (times: number, ...picks: number[]): readonly Picks[] =>
		Array.from({ length: times }, () => ({ picks, weight: { units: 1, heads: 1, area: 0 } }));
	const cast = [...many(8, 0), ...many(7, 1, 2), ...many(6, 2, 1), ...many(3, 3, 4, 2), ...many(2, 4, 3, 2)];
	const rounds = countRounds('ranked', OPTIONS, cast, 'units');
	expect(rounds).toEqual([
		[8, 7, 6, 3, 2],
		[8, 7, 6, 5, 0],
		[8, 7, 11, 0, 0],
		[8, 0, 18, 0, 0],
	]);
	expect(leaderOf(rounds)).toEqual({ options: [2], votes: 18 });
});

test('[POLL-20] without any votes nobody leads alone', () => {
	expect(countRounds('ranked', 3, [], 'units')).toEqual([[0, 0, 0]]);
	expect(leaderOf([[0, 0, 0]])).toEqual({ options: [0, 1, 2], votes: 0 });
	expect(leaderOf([])).toEqual({ options: [], votes: 0 });
});
