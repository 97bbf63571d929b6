import { expect, test } from 'vitest';
import { ruleProfile } from '#core/polls/profiles.ts';
import { openPoll } from '#core/polls/acts.ts';
import { tasksFor, type Task } from '#core/tasks/selectors.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council, frozen } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { settle } from '../../support/outcome.ts';

const tasksOf = ({ corner }: Council, { member }: Person): readonly Task[] =>
	tasksFor({ ledger: corner.ledger, state: corner.state, blobs: corner.blob }, member);
const kindsFor = (council: Council, person: Person): readonly string[] =>
	tasksOf(council, person).map(({ kind }) => kind);

test('[TASK-1] nothing is asked of somebody who is no member', () => {
	const { corner } = new Council();
	expect(tasksFor({ ledger: corner.ledger, state: corner.state, blobs: corner.blob }, undefined)).toEqual([]);
});

test('[TASK-1] a vote is asked of everybody on the roll until they have voted, and of nobody once it is closed', () => {
	const council = new Council();
	const poll = council.poll(council.topic());
	expect(kindsFor(council, council.zhao)).toEqual(['vote']);
	council.vote(council.zhao, poll, 'approve');
	expect(kindsFor(council, council.zhao)).toEqual([]);
	council.close(poll);
	expect(kindsFor(council, council.sun)).toEqual([]);
});

test('[TASK-1] the vote with the nearest deadline comes first, one without a deadline last', () => {
	const council = new Council();
	const open = (title: string, closesAt?: number) => {
		const topic = council.topic(title);
		const text = council.freeze(topic);
		return council.corner.act(council.convener, (composer) =>
			openPoll(composer, council.as, {
				...{ topic, text, question: title, profile: must(ruleProfile('R12-all')), q: 2 },
				voters: [council.zhao.member],
				tellers: [council.li.member, council.chen.member],
				devices: [],
				...(closesAt === undefined ? {} : { closesAt }),
			}),
		);
	};
	const [never, late, soon] = [open('停车'), open('电梯', 2000), open('照明', 1000)];
	const polls = tasksOf(council, council.zhao).map((task) => ('poll' in task ? task.poll : undefined));
	expect(polls).toEqual([soon, late, never]);
});

test('[TASK-1] a show of hands waits for the other teller only', () => {
	const council = new Council();
	const poll = council.poll(council.topic());
	for (const person of council.everybody) council.vote(person, poll, 'approve');
	const count = council.hands(council.li, poll, [council.ma], { approve: 1 });
	expect(kindsFor(council, council.chen)).toEqual(['countersign-hands']);
	expect(kindsFor(council, council.li)).toEqual([]);
	expect(kindsFor(council, council.sun)).toEqual([]);
	council.cosign(council.chen, count, 'count', poll);
	expect(kindsFor(council, council.chen)).toEqual([]);
});

test('[TASK-1] a closing waits for each teller who has not certified it', () => {
	const council = new Council();
	const poll = council.poll(council.topic());
	const close = council.close(poll);
	council.certify(close, council.li);
	expect(kindsFor(council, council.li)).toEqual([]);
	expect(kindsFor(council, council.chen)).toEqual(['certify']);
	council.certify(close, council.chen);
	expect(kindsFor(council, council.chen)).toEqual([]);
});

test('[TASK-1] minutes are put to everybody but their author, and to the convener once enough have agreed', () => {
	const council = new Council();
	const topic = council.topic();
	const minutes = council.corner.act(council.li, (composer) => {
		const as = must(council.corner.grantOf('secretary', council.li));
		return composer.add('minutes.freeze', { as, topic, blob: composer.blob(frozen('同意。')), after: [] });
	});
	expect(kindsFor(council, council.li)).toEqual([]);
	expect(kindsFor(council, council.zhao)).toEqual(['agree-to-minutes']);
	council.cosign(council.zhao, minutes, 'approve');
	council.cosign(council.chen, minutes, 'approve');
	expect(kindsFor(council, council.zhao)).toEqual([]);
	expect(kindsFor(council, council.convener)).toEqual(['agree-to-minutes', 'approve-minutes']);
});

test('[TASK-1] a draft is the business of those who may make it final, from the step whose successor needs a text', () => {
	const council = new Council();
	const topic = council.topic();
	expect(kindsFor(council, council.convener)).toEqual([]);
	council.enter(topic, 'study');
	council.enter(topic, 'consultation');
	expect(kindsFor(council, council.convener)).toEqual(['finish-draft']);
	expect(kindsFor(council, council.zhao)).toEqual([]);
	council.freeze(topic);
	expect(kindsFor(council, council.convener)).toEqual([]);
});

test('[TASK-1] a proposal to settle without a vote asks everybody once, and dissent asks the office for an answer', () => {
	const council = new Council();
	const topic = council.topic();
	const text = council.freeze(topic);
	expect(kindsFor(council, council.zhao)).not.toContain('answer-proposal');
	const assents = [council.convener, council.chen, council.sun].map((one) => council.cosign(one, text, 'approve'));
	expect(tasksOf(council, council.zhao)).toEqual([{ kind: 'answer-proposal', topic, text }]);
	expect(kindsFor(council, council.sun)).not.toContain('answer-proposal');
	assents.push(council.cosign(council.zhao, text, 'object'));
	const consensus = settle(council, topic, text, assents, [council.zhao]);
	expect(kindsFor(council, council.zhou)).not.toContain('answer-proposal');
	expect(tasksOf(council, council.li)).toContainEqual({ kind: 'answer-dissent', topic, consensus });
	expect(kindsFor(council, council.zhao)).toEqual([]);
});
