import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { addsUp, countsAgree } from '#core/polls/double-count.ts';
import { CHOICES, type Choice } from '#core/polls/records.ts';
import { RunningTally } from '#core/polls/running-tally.ts';
import { electorateOf, type Electorate } from '#core/polls/electorate.ts';
import { memberRoll } from '#core/polls/roll.ts';
import { tally, type CountedBallot, type CountedHands } from '#core/polls/tally.ts';
import { changedCounts, memberCounts } from '../../support/member-counts.ts';

const member = (index: number): MemberId => `member ${index}` as MemberId;
const MEMBERS = Array.from({ length: 12 }, (_, index) => member(index));

interface Draw {
	readonly voter: number;
	readonly choice: Choice;
	readonly replaces: readonly number[];
}
const draws: fc.Arbitrary<readonly Draw[]> = fc.array(
	fc.record({
		voter: fc.nat(MEMBERS.length - 1),
		choice: fc.constantFrom(...CHOICES),
		replaces: fc.array(fc.nat(40), { maxLength: 3 }),
	}),
	{ maxLength: 40 },
);

/** A ballot can only replace what was there before it; whose it was is another question. */
const ballotsOf = (drawn: readonly Draw[]): readonly CountedBallot[] =>
	drawn.map(({ voter, choice, replaces }, index) => ({
		id: `ballot ${index}` as RecordId,
		...{ unit: member(voter), voter: member(voter), holder: undefined, picks: [] },
		choice,
		replaces: replaces.filter((earlier) => earlier < index).map((earlier) => `ballot ${earlier}` as RecordId),
	}));

const handsOf = (voters: readonly MemberId[], split: number): readonly CountedHands[] => {
	const approve = Math.min(split, voters.length);
	const counts = { approve, reject: voters.length - approve, abstain: 0, spoiled: 0 };
	return voters.length === 0 ? [] : [{ id: 'hands' as RecordId, voters, counts }];
};

const everybody: Electorate = electorateOf({ roll: memberRoll(MEMBERS), presentOnly: false });

test('[POLL-8] never counts more than the roll, and the parts add up to those who could be counted', () => {
	const property = fc.property(
		draws,
		fc.subarray(MEMBERS),
		fc.nat(12),
		fc.boolean(),
		(drawn, byHand, split, present) => {
			const ballots = ballotsOf(drawn);
			const electorate = present ? { ...everybody, present: new Set(MEMBERS) } : everybody;
			const { counts } = tally(electorate, ballots, handsOf(byHand, split));
			const { approve, reject, abstain, spoiled, notVoted, eligible } = counts.units;
			const voted = new Set([...ballots.map(({ voter }) => voter), ...byHand]).size;
			expect(approve + reject + abstain + spoiled).toBe(voted);
			expect(voted).toBeLessThanOrEqual(eligible);
			expect(notVoted).toBe(MEMBERS.length - voted);
			expect(addsUp({ presentOnly: present }, counts)).toBe(true);
		},
	);
	fc.assert(property, { numRuns: 2000 });
});

test('[POLL-10] counting as ballots arrive, in any order and twice, says what counting from scratch says', () => {
	const property = fc.property(draws, fc.infiniteStream(fc.nat()), (drawn, stream) => {
		const ballots = ballotsOf(drawn);
		const keyed = [...ballots, ...ballots].map((ballot) => [stream.next().value, ballot] as const);
		const running = new RunningTally(everybody);
		for (const [, ballot] of keyed.sort(([a], [b]) => Number(a) - Number(b))) running.add(ballot);
		const { approve, reject, abstain, spoiled } = tally(everybody, ballots, []).counts.units;
		expect(running.counts('units')).toEqual({ approve, reject, abstain, spoiled });
		expect(running.units).toBe(new Set(ballots.map(({ voter }) => voter)).size);
		expect(countsAgree(everybody, ballots)).toBe(true);
	});
	fc.assert(property, { numRuns: 2000 });
});

test('[POLL-8] the order of ballots changes nothing but the order of lists', () => {
	const property = fc.property(draws, fc.subarray(MEMBERS), (drawn, byHand) => {
		const ballots = ballotsOf(drawn);
		const [one, two] = [ballots, [...ballots].reverse()].map((some) => tally(everybody, some, handsOf(byHand, 3)));
		expect(two?.counts).toEqual(one?.counts);
		expect(new Set(two?.conflicts)).toEqual(new Set(one?.conflicts));
		expect(new Set(two?.countedTwice)).toEqual(new Set(one?.countedTwice));
	});
	fc.assert(property, { numRuns: 1000 });
});

test('[POLL-8] whoever was counted by hand is counted by hand only, and named', () => {
	const property = fc.property(draws, fc.subarray(MEMBERS), (drawn, byHand) => {
		const ballots = ballotsOf(drawn);
		const result = tally(everybody, ballots, handsOf(byHand, byHand.length));
		const without = tally(
			everybody,
			ballots.filter(({ voter }) => !byHand.includes(voter)),
			[],
		);
		expect(result.counts.units.approve).toBe(without.counts.units.approve + byHand.length);
		expect(result.counts.units.reject).toBe(without.counts.units.reject);
		expect(new Set(result.countedTwice)).toEqual(
			new Set(byHand.filter((voter) => ballots.some((ballot) => ballot.voter === voter))),
		);
	});
	fc.assert(property, { numRuns: 1000 });
});

test('[POLL-5] declared counts that do not add up are seen', () => {
	const counts = memberCounts({ eligible: 9, present: 7, approve: 4, reject: 2, abstain: 1 });
	expect(addsUp({ presentOnly: true }, counts)).toBe(true);
	expect(addsUp({ presentOnly: false }, counts)).toBe(false);
	expect(addsUp({ presentOnly: false }, changedCounts(counts, { notVoted: 2 }))).toBe(true);
	expect(addsUp({ presentOnly: true }, changedCounts(counts, { approve: 5 }))).toBe(false);
});
