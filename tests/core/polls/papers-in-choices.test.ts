import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId } from '#core/kernel/ids.ts';
import { addPlace } from '#core/places/acts.ts';
import { enterPaper, type PaperEntry } from '#core/polls/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { findUnit, unitLabel, type PaperReader } from '#core/polls/paper-units.ts';
import type { PollForm } from '#core/polls/records.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const OPTIONS = ['停车', '保洁', '绿化'];

let council: Council;
beforeEach(() => (council = new Council('papers in choices')));

const open = (form: Exclude<PollForm, 'motion'>): PollId =>
	council.poll(council.topic(), 'R12-all', undefined, undefined, { choice: { form, options: OPTIONS } });

/** Entered by one teller, countersigned by the other. */
function paper(poll: PollId, entry: Pick<PaperEntry, 'voter' | 'choice'> & Partial<PaperEntry>): RecordId {
	const { corner, li, chen } = council;
	const whole = { serial: `${entry.voter}`.slice(0, 8), replaces: [], ...entry };
	const entered = corner.act(li, (composer) => enterPaper(composer, poll, whole));
	council.cosign(chen, entered, 'paper', poll);
	return entered;
}

test.each<[Exclude<PollForm, 'motion'>, readonly number[], number[][]]>([
	['single', [1], [[1, 1, 0]]],
	['approval', [2, 1], [[1, 1, 1]]],
	[
		'ranked',
		[1, 0],
		[
			[1, 1, 0],
			[1, 1, 0],
		],
	],
])('[POLL-27] a paper counts in a choice beside ballots: %s', (form, picks, rounds) => {
	const poll = open(form);
	const { ma, sun } = council;
	paper(poll, { voter: ma, choice: 'approve', picks });
	council.corner.act(sun, (composer) => castBallot(composer, poll, { choice: 'approve', picks: [0] }, []));
	const { tally, box } = council.count(poll);
	expect(box.faulty).toEqual([]);
	expect(tally.counts).toMatchObject({ units: { approve: 2, spoiled: 0 }, rounds });
});

test('[POLL-27] a paper in a choice may want none, be spoiled, or pick what a paper may not', () => {
	const poll = open('single');
	const { ma, sun, zhou } = council;
	paper(poll, { voter: ma, choice: 'reject' });
	paper(poll, { voter: sun.member, choice: 'spoiled' });
	paper(poll, { voter: zhou.member, choice: 'approve', picks: [0, 1] });
	const { tally, box } = council.count(poll);
	expect(tally.counts.units).toMatchObject({ approve: 0, reject: 1, spoiled: 1 });
	expect(box.faulty).toMatchObject([{ voter: zhou.member, fault: 'picks-invalid' }]);
});

test('[POLL-27] a paper names a household by its address, where that can mean but one', () => {
	const { corner, convener, as, sun, zhou, zhao } = council;
	const place = (kind: 'building' | 'household', name: string, parent?: RecordId) =>
		corner.act(convener, (composer) => addPlace(composer, as, { kind, name, ...(parent ? { parent } : {}) }));
	const [one, two] = [place('building', '1号楼'), place('building', '2号楼')];
	const homes = [place('household', '101', one), place('household', '101', two), place('household', '102', two)];
	const units = [sun, zhou, zhao].map(({ member }, index): RollUnit => {
		return { unit: must(homes[index]), heads: 1, area: 0, members: [member] };
	});
	const poll = { ...council.pollState(open('single')), unit: 'household' as const, roll: units };
	const reader: PaperReader = { places: corner.state.places, nameOf: () => '' };
	expect(findUnit(reader, poll, '101')).toBeUndefined();
	expect(findUnit(reader, poll, ' 2号楼 101 ')).toBe(units[1]);
	expect(findUnit(reader, poll, '1号楼101')).toBe(units[0]);
	expect(findUnit(reader, poll, '102')).toBe(units[2]);
	expect(findUnit(reader, poll, '2号楼')).toBeUndefined();
	expect(unitLabel(reader, poll, must(homes[1]))).toBe('2号楼 101');
});

test('[POLL-27] or a member by name, unless two have it, or a flat of several', () => {
	const { sun, zhou, zhao } = council;
	const names = new Map([
		[sun.member, '王伟'],
		[zhou.member, '王伟'],
		[zhao.member, '赵秀英'],
	]);
	const reader: PaperReader = { places: new Map(), nameOf: (member) => names.get(member) ?? '?' };
	const poll = council.pollState(open('single'));
	expect(findUnit(reader, poll, '王伟')).toBeUndefined();
	expect(findUnit(reader, poll, '赵秀英')?.members).toEqual([zhao.member]);
	expect(unitLabel(reader, poll, zhao.member)).toBe('赵秀英');
	const flats: RollUnit = { unit: '1-101、1-102', heads: 1, area: 9000, members: [sun.member] };
	const owners = { ...poll, unit: 'owner' as const, roll: [flats] };
	expect(findUnit(reader, owners, '1-102')).toBe(flats);
	expect(findUnit(reader, owners, '1-101、1-102')).toBe(flats);
	expect(unitLabel(reader, owners, flats.unit)).toBe(flats.unit);
});
