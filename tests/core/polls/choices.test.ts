import { beforeEach, expect, test } from 'vitest';
import type { PollId, TopicId } from '#core/kernel/ids.ts';
import { castBallot, type BallotWish } from '#core/polls/casting.ts';
import { enterPaper } from '#core/polls/acts.ts';
import type { Outcome } from '#core/polls/decision.ts';
import type { PollForm } from '#core/polls/records.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';

type Form = Exclude<PollForm, 'motion'>;
const OPTIONS = ['停车', '保洁', '绿化'];

let council: Council;
let topic: TopicId;
beforeEach(() => {
	council = new Council('choices');
	topic = council.topic();
});

const open = (form: Form) =>
	council.poll(topic, 'R12-all', undefined, undefined, { choice: { form, options: OPTIONS } });
const cast = (person: Person, poll: PollId, wish: BallotWish) =>
	council.corner.act(person, (composer) => castBallot(composer, poll, wish, []));
const pick = (person: Person, poll: PollId, ...picks: number[]) => cast(person, poll, { choice: 'approve', picks });
const faults = (poll: PollId) => council.count(poll).box.faulty.map(({ fault }) => fault);

test.each<[Form, string, BallotWish, boolean]>([
	['single', 'one option', { choice: 'approve', picks: [2] }, true],
	['single', 'two options', { choice: 'approve', picks: [0, 1] }, false],
	['single', 'no option', { choice: 'approve', picks: [] }, false],
	['single', 'no picks at all', { choice: 'approve' }, false],
	['single', 'an option that is not there', { choice: 'approve', picks: [3] }, false],
	['single', 'none of them', { choice: 'reject' }, true],
	['single', 'nothing', { choice: 'abstain' }, true],
	['single', 'none of them, and one', { choice: 'reject', picks: [0] }, false],
	['single', 'nothing, and one', { choice: 'abstain', picks: [0] }, false],
	['approval', 'all options', { choice: 'approve', picks: [2, 0, 1] }, true],
	['approval', 'one twice', { choice: 'approve', picks: [1, 1] }, false],
	['approval', 'no option', { choice: 'approve', picks: [] }, false],
	['approval', 'one that is not there', { choice: 'approve', picks: [0, 9] }, false],
	['ranked', 'an order of some', { choice: 'approve', picks: [2, 0] }, true],
	['ranked', 'one twice', { choice: 'approve', picks: [2, 0, 2] }, false],
	['ranked', 'no option', { choice: 'approve', picks: [] }, false],
])('[POLL-19] %s: a ballot for %s', (form, _case, wish, isFine) => {
	const poll = open(form);
	cast(council.zhao, poll, wish);
	expect(faults(poll)).toEqual(isFine ? [] : ['picks-invalid']);
	expect(council.count(poll).tally.counts.units.present).toBe(isFine ? 1 : 0);
});

test('[POLL-19] on a motion nobody picks anything', () => {
	const poll = council.poll(topic);
	cast(council.zhao, poll, { choice: 'approve', picks: [0] });
	expect(faults(poll)).toEqual(['picks-invalid']);
});

test('[POLL-19] a paper is held to the same, and a spoiled one picks nothing', () => {
	const poll = open('single');
	const enter = (choice: 'approve' | 'spoiled', picks: number[]) => {
		const entry = { voter: council.ma, choice, picks, serial: '1', replaces: [] };
		const paper = council.corner.act(council.li, (composer) => enterPaper(composer, poll, entry));
		council.cosign(council.chen, paper, 'paper', poll);
	};
	enter('approve', [0, 1]);
	enter('spoiled', [0]);
	expect(faults(poll)).toEqual(['picks-invalid', 'picks-invalid']);
	enter('spoiled', []);
	expect(council.count(poll).tally.counts.units).toMatchObject({ present: 1, spoiled: 1 });
});

test('[POLL-19] hands are not counted in a choice', () => {
	const poll = open('single');
	council.cosign(council.chen, council.hands(council.li, poll, [council.ma], { approve: 1 }), 'count', poll);
	expect(faults(poll)).toEqual(['hand-count-invalid']);
});

test.each<[Form, boolean]>([
	['approval', true],
	['ranked', false],
])(
	'[POLL-19] two phones of one voter that pick the same in another order agree where order says nothing: %s',
	(form, agree) => {
		const poll = open(form);
		pick(council.zhao, poll, 0, 2);
		pick(council.secondPhone(council.zhao), poll, 2, 0);
		expect(council.count(poll).tally.conflicts).toEqual(agree ? [] : [council.zhao.member]);
	},
);

/** What six members pick, in the order convener, li, chen, zhao, sun, zhou; the seventh says nothing. */
function outcomeOf(form: Form, picks: readonly (readonly number[])[]) {
	const poll = open(form);
	council.everybody.forEach((person, index) => {
		const own = picks[index];
		if (own) cast(person, poll, own.length > 0 ? { choice: 'approve', picks: own } : { choice: 'reject' });
	});
	const close = council.close(poll);
	expect(council.audit(poll, close)).toMatchObject({ recount: 'agrees', defects: [] });
	const { declared, decision } = council.closing(poll, close);
	return { rounds: declared.rounds, leader: decision.leader?.options, outcome: decision.outcome };
}

test.each<[string, Form, readonly (readonly number[])[], number[][], number[], Outcome]>([
	['most of all, 4 of 7', 'single', [[0], [0], [0], [0], [1], [2]], [[4, 1, 1]], [0], 'passed'],
	['most, and not most of all', 'single', [[0], [0], [0], [1], [1], [2]], [[3, 2, 1]], [0], 'not-passed'],
	['two lead together', 'single', [[0], [0], [1], [1], [2]], [[2, 2, 1]], [0, 1], 'tied'],
	['nobody wants any', 'single', [[], [], [], [], []], [[0, 0, 0]], [0, 1, 2], 'not-passed'],
	['many picks', 'approval', [[0, 1], [0, 1], [0], [0, 2], [1, 2]], [[4, 3, 2]], [0], 'passed'],
	['a tie of many picks', 'approval', [[0, 1], [0, 1], [0, 1], [0, 1], [2]], [[4, 4, 1]], [0, 1], 'tied'],
	['first picks are enough', 'ranked', [[0, 1], [0, 1], [0], [0, 2], [1]], [[4, 1, 0]], [0], 'passed'],
	[
		'the last goes out and its voters’ next picks count',
		'ranked',
		[[0, 1], [0], [1], [1, 0], [2, 1], [1, 2]],
		[
			[2, 3, 1],
			[2, 4, 0],
		],
		[1],
		'passed',
	],
	[
		'two are last together and go out together',
		'ranked',
		[[0], [0], [1, 0], [2, 0], []],
		[
			[2, 1, 1],
			[4, 0, 0],
		],
		[0],
		'passed',
	],
	['those left are level', 'ranked', [[0], [0], [1], [1], [2, 0], [2, 1]], [[2, 2, 2]], [0, 1, 2], 'tied'],
	[
		'the last two are level',
		'ranked',
		[[0], [0], [1], [1], [2]],
		[
			[2, 2, 1],
			[2, 2, 0],
		],
		[0, 1],
		'tied',
	],
])('[POLL-20] %s', (_case, form, picks, rounds, leader, outcome) => {
	expect(outcomeOf(form, picks)).toEqual({ rounds, leader, outcome });
});

test('[POLL-20] a second round among the tied options names the poll it follows', () => {
	const first = open('single');
	council.everybody.forEach((person, index) => pick(person, first, index % 2));
	const close = council.close(first);
	council.certify(close, council.li, council.chen);
	expect(council.closing(first, close).decision).toMatchObject({
		outcome: 'tied',
		leader: { options: [0, 1], votes: 3 },
	});
	const second = council.poll(topic, 'R12-all', undefined, undefined, {
		choice: { form: 'single', options: OPTIONS.slice(0, 2) },
		follows: { poll: first, as: 'run-off' },
	});
	expect(council.pollState(second)).toMatchObject({
		follows: { poll: first, as: 'run-off' },
		options: ['停车', '保洁'],
	});
});
