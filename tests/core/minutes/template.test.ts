import { expect, test } from 'vitest';
import type { CornerState } from '#core/ledger/fold.ts';
import { meetingHeldOn } from '#core/meetings/selectors.ts';
import { minutesTemplate, type MinutesWords } from '#core/minutes/template.ts';
import { freezeText, plainText } from '#core/proposals/text.ts';
import { tellElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';

const words: MinutesWords = {
	labels: {
		...{ time: '时间', place: '地点', chair: '主持', secretary: '记录', eligible: '应到', present: '实到' },
		...{ agenda: '议程', votes: '表决', decisions: '决定', tasks: '待办', remarks: '发言要点' },
	},
	colon: '：',
	unknown: '（待填）',
	blanks: { decisions: '（决定）', tasks: '（待办）', remarks: '（发言）' },
	names: (members) => `${members.length} 位`,
	people: (count) => `${count} 人`,
	time: (text) => text,
	title: () => '日间照料中心',
	vote: ({ question, standing }) => `${question}同意 ${standing?.declared.units.approve} 票`,
};
const { corner, topic } = tellElderDayCare();
const linesOf = (state: CornerState, meeting = meetingHeldOn(state, topic)) =>
	plainText(minutesTemplate(state, topic, meeting, words)).split('\n');

test('minutes are filled from the meeting, its attendance and its certified vote', () => {
	const lines = linesOf(corner.state);
	expect(lines).toContain('时间：2015-10-21T19:00');
	expect(lines).toContain('地点：社区茶亭');
	expect(lines).toContain('应到：11 人');
	expect(lines).toContain('实到：10 人');
	expect(lines).toContain('日间照料中心');
	expect(lines.filter((line) => line.includes('同意 8 票'))).toHaveLength(1);
	expect(lines).toContain('（决定）');
});

test('what no meeting tells is left open, never made up', () => {
	const lines = plainText(minutesTemplate(corner.state, topic, undefined, words)).split('\n');
	expect(lines).toContain('时间：（待填）');
	expect(lines).toContain('实到：（待填）');
});

test('the filled text can be frozen as it is', () => {
	const filled = minutesTemplate(corner.state, topic, meetingHeldOn(corner.state, topic), words);
	expect(freezeText(filled).ok).toBe(true);
});
