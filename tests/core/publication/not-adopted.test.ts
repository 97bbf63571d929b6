import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import type { PollPlan } from '#core/polls/acts.ts';
import type { Choice } from '#core/polls/records.ts';
import { describeOutcome } from '#core/publication/document.ts';
import { mayPublish, publishableParts } from '#core/publication/rules.ts';
import { parsePublicPage } from '#core/publication/schema.ts';
import { topicsUnderWay } from '#core/publication/selectors.ts';
import { mayEnterNextStep } from '#core/topics/rules.ts';
import { castBallot } from '#core/polls/casting.ts';
import { Council, PROCEDURE } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, publicationOf, publish } from '../../support/outcome.ts';

let council: Council;
let topic: TopicId;
let text: RecordId;
beforeEach(() => {
	council = new Council('not adopted');
	topic = council.topic();
	text = council.freeze(topic);
});

const subject = () => council.topicState(topic);
const parts = () => publishableParts(council.corner.state, subject());
const asked = () => {
	const may = mayPublish(council.corner.state, council.convener.member, subject(), PROCEDURE);
	return may.ok ? 'ok' : may.error;
};

function open(more: Partial<PollPlan> = {}): PollId {
	return council.poll(topic, 'R12-all', undefined, text, more);
}

function certified(poll: PollId): RecordId {
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	return close;
}

function vote(choice: Choice, more: Partial<PollPlan> = {}): { poll: PollId; close: RecordId } {
	const poll = open(more);
	for (const person of council.everybody) council.vote(person, poll, choice);
	return { poll, close: certified(poll) };
}

/** Everybody picks the first of two options. */
function choose(): PollId {
	const poll = open({ choice: { form: 'single', options: ['甲公司', '乙公司'] } });
	for (const person of council.everybody)
		council.corner.act(person, (composer) => castBallot(composer, poll, { choice: 'approve', picks: [0] }, []));
	certified(poll);
	return poll;
}

test('[PUB-14] what a certified vote refused is published in the step where it failed, and ends there', () => {
	council.enter(topic, 'study');
	const { close } = vote('reject');
	expect(asked()).toBe('minutes-not-approved');
	agreedMinutes(council, topic);
	expect(asked()).toBe('ok');
	expect(mayEnterNextStep(council.corner.state, council.convener.member, subject(), PROCEDURE).ok).toBe(true);
	council.enter(topic, 'consultation');
	const goesOn = mayEnterNextStep(council.corner.state, council.convener.member, subject(), PROCEDURE);
	expect(goesOn).toMatchObject({ ok: false, error: { code: 'gates-closed', gates: ['decided'] } });
	expect(must(parts()).close).toBe(close);
	const outcome = publish(council, must(parts()));
	council.cosign(council.li, outcome, 'approve');
	expect(publicationOf(council, outcome).stands).toBe(true);
	expect(topicsUnderWay(council.corner.state)).toEqual([]);
});

test('[PUB-14] what was tried and is not kept is published as that', () => {
	const chosen = choose();
	agreedMinutes(council, topic);
	const { close } = vote('reject', { follows: { poll: chosen, as: 'keep' } });
	expect(asked()).toBe('ok');
	expect(must(parts()).close).toBe(close);
	const { ledger, state, blob: blobs } = council.corner;
	const edition = { ...must(parts()), publisher: undefined, at: 0, reason: undefined, after: [] };
	const document = describeOutcome({ ledger, state, blobs }, edition);
	const decided = document.ok ? document.value.decided : undefined;
	expect(decided).toMatchObject({ asksToKeep: true, decision: { outcome: 'not-passed' } });
	expect(parsePublicPage(JSON.stringify(document.ok && document.value))).toEqual(document);
});

test('[PUB-14] a tie or too few voters end nothing, nor does a no while people are asked again', () => {
	agreedMinutes(council, topic);
	const tied = open({ choice: { form: 'single', options: ['甲公司', '乙公司'] } });
	council.everybody.forEach((person, index) =>
		council.corner.act(person, (composer) => castBallot(composer, tied, { choice: 'approve', picks: [index % 2] }, [])),
	);
	certified(tied);
	expect(asked()).toBe('not-decided');
	const few = open();
	council.vote(council.sun, few, 'reject');
	certified(few);
	expect(asked()).toBe('not-decided');
	vote('reject');
	expect(asked()).toBe('ok');
	const again = open();
	expect(asked()).toBe('not-decided');
	for (const person of council.everybody) council.vote(person, again, 'approve');
	const close = certified(again);
	expect(asked()).toBe('step-not-reached');
	expect(must(parts()).close).toBe(close);
});

test('[PUB-14] what a vote on an earlier text refused says nothing about the text that stands', () => {
	agreedMinutes(council, topic);
	vote('reject');
	council.freeze(topic, '改过的一稿');
	expect(asked()).toBe('not-decided');
});
