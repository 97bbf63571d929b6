import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { MEASURES } from '#core/polls/counts.ts';
import { addsUp, countsAgree } from '#core/polls/double-count.ts';
import { electorateOf, unitFor, type Electorate } from '#core/polls/electorate.ts';
import { PAPER_CHOICES, type PaperChoice } from '#core/polls/records.ts';
import { decodeRoll, encodeRoll, type RollUnit } from '#core/polls/roll.ts';
import { RunningTally } from '#core/polls/running-tally.ts';
import { tally, type CountedBallot } from '#core/polls/tally.ts';
import { must } from '../../support/must.ts';
import { Random } from '../../support/random.ts';

const hex = (index: number) => index.toString(16).padStart(64, '0');
const member = (index: number) => hex(index) as MemberId;
const MEMBERS = Array.from({ length: 10 }, (_, index) => member(index));

/** Flats of up to three people, some of whom live in several, of any weight. */
function aRoll(random: Random): readonly RollUnit[] {
	const units = Array.from({ length: 1 + random.below(8) }, (_, index) => ({
		unit: `${100 + index}`,
		heads: random.below(3),
		area: random.below(20_000),
		members: random.shuffled(MEMBERS).slice(0, 1 + random.below(3)),
	}));
	return must(decodeRoll(encodeRoll(units)));
}

/** From phones, by proxies, on paper; about half replace something, seldom of somebody else. */
function someBallots(random: Random, roll: readonly RollUnit[]): readonly CountedBallot[] {
	const ballots: CountedBallot[] = [];
	for (let index = 0; index < random.below(40); index++) {
		const { unit, members } = must(random.pick(roll));
		const voter = must(random.pick(members));
		const earlier = ballots.filter((ballot) => ballot.voter === voter || random.chance(0.1)).map(({ id }) => id);
		ballots.push({
			...{ id: hex(1000 + index) as RecordId, unit, voter, replaces: random.some(earlier, 0.5) },
			holder: random.chance(0.3) ? must(random.pick(MEMBERS)) : undefined,
			choice: must(random.pick(PAPER_CHOICES)),
			picks: random.chance(0.2) ? [random.below(2)] : [],
		});
	}
	return ballots;
}

/** The semantics of LEDGER 4 told once more, a unit at a time and without any index. */
function saidBy(unit: string, ballots: readonly CountedBallot[]): PaperChoice | undefined {
	const inUnit = ballots.filter((ballot) => ballot.unit === unit);
	const own = inUnit.filter(({ holder }) => holder === undefined);
	const heard = own.length > 0 ? own : inUnit;
	const isReplaced = ({ id, voter }: CountedBallot) =>
		heard.some((other) => other.voter === voter && other.replaces.includes(id));
	const leaves = heard.filter((ballot) => !isReplaced(ballot));
	const wishes = new Set(leaves.map(({ choice, picks }) => `${choice} ${picks.join(' ')}`));
	if (leaves.length === 0) return undefined;
	return wishes.size === 1 ? leaves[0]?.choice : 'spoiled';
}

function naively(roll: readonly RollUnit[], ballots: readonly CountedBallot[], measure: (typeof MEASURES)[number]) {
	const counts: Record<PaperChoice, number> = { approve: 0, reject: 0, abstain: 0, spoiled: 0 };
	for (const { unit, heads, area } of roll) {
		const said = saidBy(unit, ballots);
		if (said) counts[said] += { units: 1, heads, area }[measure];
	}
	return counts;
}

const property = (check: (world: { random: Random; roll: readonly RollUnit[]; electorate: Electorate }) => void) =>
	fc.assert(
		fc.property(fc.nat(), (seed) => {
			const random = new Random(seed);
			const roll = aRoll(random);
			check({ random, roll, electorate: electorateOf({ roll, presentOnly: false }) });
		}),
		{ numRuns: 3000 },
	);

test('[POLL-10] units of any weight, with proxies and papers: counted from scratch, as they come, and naively', () => {
	property(({ random, roll, electorate }) => {
		const ballots = someBallots(random, roll);
		const { counts } = tally(electorate, ballots, []);
		const running = new RunningTally(electorate);
		for (const ballot of random.shuffled([...ballots, ...random.some(ballots)])) running.add(ballot);
		for (const measure of MEASURES) {
			const expected = naively(roll, ballots, measure);
			expect(counts[measure]).toMatchObject(expected);
			expect(running.counts(measure)).toEqual(expected);
		}
		expect(countsAgree(electorate, ballots)).toBe(true);
		expect(addsUp({ presentOnly: false }, counts)).toBe(true);
	});
});

test('[POLL-16] taking away every proxy changes nothing for units whose own people voted', () => {
	property(({ random, roll, electorate }) => {
		const ballots = someBallots(random, roll);
		const own = ballots.filter(({ holder }) => holder === undefined);
		const { verdicts } = tally(electorate, ballots, []);
		for (const [unit, verdict] of tally(electorate, own, []).verdicts) expect(verdicts.get(unit)).toEqual(verdict);
	});
});

test('[POLL-15] whoever is in one unit need not name it, whoever is in several must', () => {
	property(({ roll, electorate }) => {
		for (const voter of MEMBERS) {
			const own = roll.filter(({ members }) => members.includes(voter)).map(({ unit }) => unit);
			expect(unitFor(electorate, voter)).toBe(own.length === 1 ? own[0] : undefined);
			for (const { unit } of roll) expect(unitFor(electorate, voter, unit)).toBe(own.includes(unit) ? unit : undefined);
		}
	});
});
