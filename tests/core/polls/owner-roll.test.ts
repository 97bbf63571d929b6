import { expect, test } from 'vitest';
import type { MemberId } from '#core/kernel/ids.ts';
import { readOwnerRoll } from '#core/polls/owner-roll.ts';

const wang = '0a'.repeat(32) as MemberId;
const otherWang = '0b'.repeat(32) as MemberId;
const li = '0c'.repeat(32) as MemberId;
const developer = '0d'.repeat(32) as MemberId;
const MEMBERS: Readonly<Record<string, readonly MemberId[]>> = {
	王伟: [wang, otherWang],
	'王伟（2号楼）': [otherWang],
	李明: [li],
	海晟置业: [developer],
};
const read = (text: string) => readOwnerRoll(text, (owner) => MEMBERS[owner] ?? []);
const fault = (line: string) => read(line).faults.map(({ fault }) => fault);

test('[OWN-1] several flats of one owner are one unit with one head, and so are the unsold ones', () => {
	const { units, flats, faults } = read(
		['1-101, 88.50, 李明', '1-102，100，李明', '', '1-103\t90.5㎡\t海晟置业', '1-104, 90.05, 海晟置业'].join('\n'),
	);
	expect(faults).toEqual([]);
	expect(units).toEqual([
		{ unit: '1-101、1-102', heads: 1, area: 18850, members: [li] },
		{ unit: '1-103、1-104', heads: 1, area: 18055, members: [developer] },
	]);
	expect([...flats.values()]).toEqual([2, 2]);
});

test('[OWN-1] owners of one flat together vote for one unit, beside what one of them owns alone', () => {
	const { units } = read('1-101, 88.50, 李明、王伟（2号楼）\n1-102, 60, 王伟（2号楼）/李明\n1-103, 50, 李明');
	expect(units.map(({ unit, area, members }) => [unit, area, members])).toEqual([
		['1-101、1-102', 14850, [li, otherWang]],
		['1-103', 5000, [li]],
	]);
});

test.each([
	['1-101, 88.50', 'line-form'],
	['1-101, 88.50, 李明, 13800000000', 'line-form'],
	[', 88.50, 李明', 'line-form'],
	['1-101, 88.505, 李明', 'line-area'],
	['1-101, 约90, 李明', 'line-area'],
	['1-101, 88.50, 张三', 'line-unknown'],
	['1-101, 88.50, 王伟', 'line-ambiguous'],
])('[OWN-1] the line %s is not understood, and says why: %s', (line, why) => {
	expect(fault(line)).toEqual([why]);
});

test('[OWN-1] a flat stands on the roll once, and a line is told by its number', () => {
	expect(read('\n1-101, 60, 李明\n1-101, 60, 海晟置业').faults).toEqual([
		{ line: 3, fault: 'line-twice', about: '1-101' },
	]);
});

test('[OWN-1] a unit of many flats is called by the first and their number', () => {
	const lines = Array.from({ length: 40 }, (_, index) => `1-${101 + index}, 90, 海晟置业`);
	expect(read(lines.join('\n')).units.map(({ unit }) => unit)).toEqual(['1-101、1-102、1-103等40套']);
});
