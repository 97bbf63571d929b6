import { expect, test } from 'vitest';
import type { TopicId } from '#core/kernel/ids.ts';
import { mayFreezeText } from '#core/proposals/rules.ts';
import { mayEnterNextStep } from '#core/topics/rules.ts';
import { currentStep, openGates, passedPoll } from '#core/topics/selectors.ts';
import { Council, PROCEDURE } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, decide, settle } from '../../support/outcome.ts';

const gates = (council: Council, topic: TopicId) => [...openGates(council.corner.state, council.topicState(topic))];
const next = (council: Council, topic: TopicId, member = council.convener.member) => {
	const may = mayEnterNextStep(council.corner.state, member, council.topicState(topic), PROCEDURE);
	return may.ok ? may.value.step.id : may.error.code;
};

test('[TOPIC-1] a topic is in the procedure’s first step until somebody moves it, and then in the step that stands', () => {
	const council = new Council();
	const topic = council.topic();
	const step = () => currentStep(council.topicState(topic), PROCEDURE);
	expect(step()).toBe('topic-selection');
	council.enter(topic, 'study');
	expect(step()).toBe('study');
	council.enter(topic, 'topic-selection');
	expect(step()).toBe('topic-selection');
	expect(council.topicState(topic).history.map(({ stage }) => stage)).toEqual(['study', 'topic-selection']);
});

test('[TOPIC-1] two stages that stand at once are shown both, and a third that names them settles it', () => {
	const council = new Council();
	const topic = council.topic();
	council.enter(topic, 'study');
	const fork = council.topicState(topic);
	council.enter(topic, 'consultation');
	council.corner.act(council.convener, (composer) =>
		composer.add('topic.stage', {
			as: must(council.as),
			topic: fork.id,
			stage: 'topic-selection',
			considered: [],
			after: fork.stages.map(({ id }) => id),
		}),
	);
	expect(council.topicState(topic).stages.map(({ stage }) => stage)).toEqual(['consultation', 'topic-selection']);
	expect(currentStep(council.topicState(topic), PROCEDURE)).toBeUndefined();
	expect(next(council, topic)).toBe('stage-forked');
	council.enter(topic, 'study');
	expect(next(council, topic)).toBe('consultation');
});

test('[TOPIC-2] the next step is offered to whom the office is given, through open gates only', () => {
	const council = new Council();
	const topic = council.topic();
	expect(next(council, topic)).toBe('study');
	expect(next(council, topic, council.zhao.member)).toBe('not-permitted');
	for (const step of ['study', 'consultation']) council.enter(topic, step);
	expect(next(council, topic)).toBe('gates-closed');
	decide(council, topic);
	expect(next(council, topic)).toBe('committee-study');
	council.enter(topic, 'committee-study');
	expect(next(council, topic)).toBe('gates-closed');
	agreedMinutes(council, topic);
	expect(next(council, topic)).toBe('public-notice');
	council.enter(topic, 'public-notice');
	expect(next(council, topic)).toBe('no-next-step');
});

test('[PROC-3] the gates follow the ledger: a frozen text, a certified passing vote, approved minutes', () => {
	const council = new Council();
	const topic = council.topic();
	expect(gates(council, topic)).toEqual([]);
	const text = council.freeze(topic);
	expect(gates(council, topic)).toEqual(['text-frozen']);
	const poll = council.poll(topic, 'R12-all', undefined, text);
	for (const person of council.everybody) council.vote(person, poll, 'approve');
	const close = council.close(poll);
	expect(gates(council, topic)).toEqual(['text-frozen']);
	council.certify(close, council.li, council.chen);
	expect(gates(council, topic)).toEqual(['text-frozen', 'decided']);
	agreedMinutes(council, topic);
	expect(gates(council, topic)).toEqual(['text-frozen', 'decided', 'minutes-approved']);
});

test('[PROC-3] a vote that failed, or is contested, opens no gate', () => {
	const council = new Council();
	const topic = council.topic();
	const poll = council.poll(topic);
	for (const person of council.everybody) council.vote(person, poll, 'reject');
	council.certify(council.close(poll), council.li, council.chen);
	expect(gates(council, topic)).toEqual(['text-frozen']);
	const other = council.topic('停车位');
	const decided = decide(council, other);
	expect(gates(council, other)).toContain('decided');
	council.certify(council.close(decided.poll), council.li, council.chen);
	expect(council.pollState(decided.poll).status).toBe('contested');
	expect(gates(council, other)).not.toContain('decided');
});

test('[PROC-3] a consensus with enough assent opens the same gate as a vote, one without does not', () => {
	const council = new Council();
	const topic = council.topic();
	const text = council.freeze(topic);
	settle(council, topic, text, []);
	expect(gates(council, topic)).toEqual(['text-frozen']);
	const assents = [council.chen, council.zhao].map((person) => council.cosign(person, text, 'approve'));
	settle(council, topic, text, assents);
	expect(gates(council, topic)).toEqual(['text-frozen', 'decided']);
});

test('[TEXT-2] a text is frozen by the office, and not while a vote on it is under way', () => {
	const council = new Council();
	const topic = council.topic();
	const may = (member = council.convener.member) =>
		mayFreezeText(council.corner.state, member, council.topicState(topic));
	expect(may().ok).toBe(true);
	expect(may(council.zhao.member)).toEqual({ ok: false, error: 'not-permitted' });
	const poll = council.poll(topic);
	expect(may()).toEqual({ ok: false, error: 'poll-under-way' });
	const close = council.close(poll);
	expect(may()).toEqual({ ok: false, error: 'poll-under-way' });
	council.certify(close, council.li, council.chen);
	expect(may().ok).toBe(true);
});

test('[TEXT-2] a second freeze does not touch what is voted on, and the old vote no longer decides the topic', () => {
	const council = new Council();
	const topic = council.topic();
	const first = council.freeze(topic, '在二单元加装电梯。');
	const { poll } = decide(council, topic, first);
	const second = council.freeze(topic, '在三单元加装电梯。');
	expect(council.pollState(poll).text).toBe(first);
	expect(council.topicState(topic).texts.map(({ id }) => id)).toEqual([second]);
	expect(passedPoll(council.corner.state, council.topicState(topic))).toBeUndefined();
	expect(gates(council, topic)).toEqual(['text-frozen']);
});

test('[TEXT-2] two texts frozen apart are a fork: no gate opens on either', () => {
	const council = new Council();
	const topic = council.topic();
	const first = council.freeze(topic);
	decide(council, topic, first);
	const { blob } = must(council.corner.ledger.find(first, 'text.freeze')).body;
	council.corner.act(council.convener, (composer) =>
		composer.add('text.freeze', { as: must(council.as), topic, blob, snapshot: '11'.repeat(32), after: [] }),
	);
	expect(council.topicState(topic).texts).toHaveLength(2);
	expect(gates(council, topic)).toEqual([]);
});
