import { beforeEach, expect, test } from 'vitest';
import type { MemberId, PollId, TopicId } from '#core/kernel/ids.ts';
import { castBallot, type BallotWish } from '#core/polls/casting.ts';
import { countHands } from '#core/polls/acts.ts';
import { electorateOf } from '#core/polls/electorate.ts';
import { decodeRoll, encodeRoll, type RollUnit } from '#core/polls/roll.ts';
import { tally, type CountedBallot } from '#core/polls/tally.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';

let council: Council;
let topic: TopicId;
beforeEach(() => {
	council = new Council('rolls');
	topic = council.topic();
});

const unit = (name: string, members: readonly Person[], heads = 1, area = 0): RollUnit => ({
	...{ unit: name, heads, area, members: members.map(({ member }) => member) },
});
const cast = (person: Person, poll: PollId, wish: BallotWish) =>
	council.corner.act(person, (composer) => castBallot(composer, poll, wish, []));
const counts = (poll: PollId) => council.count(poll).tally.counts;
const faults = (poll: PollId) => council.count(poll).box.faulty.map(({ fault }) => fault);
const households = (...voters: readonly RollUnit[]) =>
	council.poll(topic, 'households-choose', undefined, undefined, {
		voters,
		choice: { form: 'single', options: ['停车', '绿化'] },
	});
const owners = (...voters: readonly RollUnit[]) => council.poll(topic, 'R5', undefined, undefined, { voters });

test('[POLL-15] a household has one vote, whoever of it casts it', () => {
	const { zhao, sun, zhou } = council;
	const poll = households(unit('1-101', [zhao, sun]), unit('1-102', [zhou]));
	for (const person of [zhao, sun]) cast(person, poll, { choice: 'approve', picks: [0] });
	expect(counts(poll)).toMatchObject({
		units: { eligible: 2, present: 1, approve: 1, notVoted: 1 },
		heads: { eligible: 2, approve: 1 },
		area: { eligible: 0, approve: 0 },
		rounds: [[1, 0]],
	});
});

test('[POLL-15] a household whose members differ is void and listed; neither silences the other', () => {
	const { zhao, sun, zhou } = council;
	const poll = households(unit('1-101', [zhao, sun]), unit('1-102', [zhou]));
	const hers = cast(zhao, poll, { choice: 'approve', picks: [0] });
	const his = cast(sun, poll, { choice: 'approve', picks: [1] });
	expect(council.count(poll).tally).toMatchObject({ conflicts: ['1-101'], counts: { units: { spoiled: 1 } } });
	const again = (replaces: (typeof hers)[]) =>
		council.corner.act(sun, (composer) => castBallot(composer, poll, { choice: 'approve', picks: [1] }, replaces));
	again([hers, his]);
	expect(council.count(poll).tally.conflicts).toEqual(['1-101']);
});

test('[POLL-15] a household agrees when one of it says what the other said', () => {
	const { zhao, sun, zhou } = council;
	const poll = households(unit('1-101', [zhao, sun]), unit('1-102', [zhou]));
	cast(zhao, poll, { choice: 'approve', picks: [0] });
	const his = cast(sun, poll, { choice: 'approve', picks: [1] });
	council.corner.act(sun, (composer) => castBallot(composer, poll, { choice: 'approve', picks: [0] }, [his]));
	expect(council.count(poll).tally).toMatchObject({ conflicts: [], counts: { rounds: [[1, 0]] } });
});

test('[POLL-15] a member of two units names the one it votes for, and votes for each', () => {
	const { zhao, sun } = council;
	const poll = owners(unit('1-101', [zhao], 1, 8_850), unit('1-102', [zhao, sun], 1, 6_000));
	cast(zhao, poll, { choice: 'approve' });
	cast(zhao, poll, { choice: 'approve', unit: '9-999' });
	expect(faults(poll)).toEqual(['unit-not-named', 'unit-not-named']);
	cast(zhao, poll, { choice: 'approve', unit: '1-101' });
	cast(zhao, poll, { choice: 'reject', unit: '1-102' });
	expect(counts(poll)).toMatchObject({
		units: { approve: 1, reject: 1 },
		heads: { approve: 1, reject: 1 },
		area: { eligible: 14_850, approve: 8_850, reject: 6_000 },
	});
	expect(faults(poll)).toHaveLength(2);
	cast(sun, poll, { choice: 'reject', unit: '1-101' });
	expect(faults(poll)).toHaveLength(3);
});

/** Units without people behind them: counting needs no more than names. */
const owner = (index: number) => index.toString(16).padStart(64, '0') as MemberId;
const flat = (index: number, heads: number, member: MemberId): RollUnit => ({
	...{ unit: `${1000 + index}`, heads, area: 10_000, members: [member] },
});
const approvedBy = (units: readonly RollUnit[]): readonly CountedBallot[] =>
	units.map(({ unit: name, members: [voter = owner(0)] }) => ({
		...{ id: owner(Number(name)), unit: name, voter, holder: undefined },
		...{ choice: 'approve', picks: [], replaces: [] },
	}));

test('[POLL-15] RULES B.8: forty unsold units of three hundred are one head and all of their area', () => {
	const sold = Array.from({ length: 260 }, (_, index) => flat(index, 1, owner(index)));
	const unsold = Array.from({ length: 40 }, (_, index) => flat(260 + index, index === 0 ? 1 : 0, owner(999)));
	const roll = decodeRoll(encodeRoll([...sold, ...unsold])) ?? [];
	const { counts: of } = tally(electorateOf({ roll, presentOnly: false }), approvedBy(unsold), []);
	expect(of.heads).toMatchObject({ eligible: 261, approve: 1 });
	expect(of.area).toMatchObject({ eligible: 3_000_000, approve: 400_000 });
	expect(of.units).toMatchObject({ eligible: 300, approve: 40 });
});

test('[POLL-15] RULES B.8: the owner of three flats is one head, and the area is their sum', () => {
	const three: RollUnit = { unit: '1-101、1-102、2-301', heads: 1, area: 8_850 + 6_000 + 12_045, members: [owner(1)] };
	const roll = [three, flat(1, 1, owner(2))];
	const { counts: of } = tally(electorateOf({ roll, presentOnly: false }), approvedBy([three]), []);
	expect(of).toMatchObject({ heads: { eligible: 2, approve: 1 }, area: { eligible: 36_895, approve: 26_895 } });
});

test('[POLL-15] areas whose sum could not be exact make no roll', () => {
	const most = Number.MAX_SAFE_INTEGER;
	const roll = (...areas: number[]) =>
		decodeRoll(encodeRoll(areas.map((area, index) => ({ ...flat(index, 1, owner(index)), area }))));
	expect(roll(most - 1, 1)).toHaveLength(2);
	expect(roll(most, 1)).toBeUndefined();
	expect(roll(most, most)).toBeUndefined();
	const heads = (...numbers: number[]) =>
		decodeRoll(encodeRoll(numbers.map((number, index) => flat(index, number, owner(index)))));
	expect(heads(most, 0)).toHaveLength(2);
	expect(heads(most, 1)).toBeUndefined();
});

test('[POLL-15] the largest area that can be exact is counted exactly', () => {
	const most = Number.MAX_SAFE_INTEGER;
	const roll = [most - 3, 1, 2].map((area, index) => ({ ...flat(index, 1, owner(index)), area }));
	const { counts: of } = tally(electorateOf({ roll, presentOnly: false }), approvedBy(roll.slice(0, 2)), []);
	expect(of.area).toMatchObject({ eligible: most, approve: most - 2, notVoted: 2 });
});

test.each<[string, 'R12-all' | 'households-choose' | 'R5', (person: Person) => Partial<RollUnit>, string]>([
	['a member with two heads', 'R12-all', () => ({ heads: 2 }), 'roll-invalid'],
	['a member with an area', 'R12-all', () => ({ area: 1 }), 'roll-invalid'],
	['a member under another name', 'R12-all', () => ({ unit: '1-101' }), 'roll-invalid'],
	['a member as it should be', 'R12-all', (person) => ({ unit: person.member }), 'open'],
	['a household with two heads', 'households-choose', () => ({ heads: 2 }), 'roll-invalid'],
	['a household without a head', 'households-choose', () => ({ heads: 0 }), 'roll-invalid'],
	['a household with an area', 'households-choose', () => ({ area: 8_850 }), 'roll-invalid'],
	['a household as it should be', 'households-choose', () => ({}), 'open'],
	['an owner’s further flat without a head', 'R5', () => ({ heads: 0, area: 8_850 }), 'open'],
])('[POLL-15] a roll with %s', (_case, profile, changed, expected) => {
	const voters = [
		{ ...unit('1-101', [council.zhao]), ...(profile === 'R12-all' ? { unit: council.zhao.member } : {}) },
	];
	const poll = council.poll(topic, profile, undefined, undefined, {
		voters: voters.map((voter) => ({ ...voter, ...changed(council.zhao) })),
		...(profile === 'households-choose' ? { choice: { form: 'single', options: ['停车', '绿化'] } } : {}),
	});
	expect(council.pollState(poll).status).toBe(expected);
});

const hands = (poll: PollId, voters: readonly Person[]) => {
	const members = voters.map(({ member }) => member);
	const all = { approve: members.length, reject: 0, abstain: 0, spoiled: 0 };
	const count = council.corner.act(council.li, (composer) => countHands(composer, poll, members, all, []));
	council.cosign(council.chen, count, 'count', poll);
	return count;
};

test('[POLL-15] hands do not tell weights, so owners’ hands are not counted', () => {
	const { zhao, sun } = council;
	const poll = owners(unit('1-101', [zhao], 1, 8_850), unit('1-102', [sun], 1, 6_000));
	hands(poll, [zhao]);
	expect(faults(poll)).toEqual(['hand-count-invalid']);
	expect(counts(poll).heads.approve).toBe(0);
});

test('[POLL-15] of a household one hand is counted, in one hand count or in two', () => {
	const { zhao, sun, zhou, corner } = council;
	const roll = [unit('1-101', [zhao, sun]), unit('1-102', [zhou])];
	const present = [zhao, sun, zhou].map(({ member }) => member);
	const { attendance } = council.meeting(topic, present);
	const poll = council.poll(topic, 'R1-households', undefined, undefined, { voters: roll });
	const fault = () => council.count(poll, attendance).box.faulty.map((one) => one.fault);
	hands(poll, [zhao, sun]);
	expect(fault()).toEqual(['hand-count-invalid']);
	hands(poll, [zhao, zhou]);
	expect(council.count(poll, attendance).tally.counts.units).toMatchObject({ eligible: 2, present: 2, approve: 2 });
	hands(poll, [sun]);
	expect(fault()).toEqual(['hand-count-invalid', 'voters-overlap', 'voters-overlap']);
	expect(corner.state.polls.get(poll)?.status).toBe('open');
});

test('[POLL-15] a household is there as soon as one of it is', () => {
	const { zhao, sun, zhou } = council;
	const { attendance } = council.meeting(topic, [zhao.member]);
	const voters = [unit('1-101', [zhao, sun]), unit('1-102', [zhou])];
	const poll = council.poll(topic, 'R1-households', undefined, undefined, { voters });
	cast(sun, poll, { choice: 'reject' });
	expect(council.count(poll, attendance).box.faulty).toMatchObject([{ fault: 'voter-absent', voter: sun.member }]);
	cast(zhao, poll, { choice: 'approve' });
	expect(council.count(poll, attendance).tally.counts.units).toEqual({
		...{ eligible: 2, present: 1, approve: 1, reject: 0, abstain: 0, spoiled: 0, notVoted: 0 },
	});
});
