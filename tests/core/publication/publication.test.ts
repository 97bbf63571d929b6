import { beforeEach, expect, test } from 'vitest';
import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import type { Choice } from '#core/polls/records.ts';
import { mayPublish, maySecondPublication, publishableParts } from '#core/publication/rules.ts';
import type { OutcomeParts } from '#core/publication/state.ts';
import { grantRole } from '#core/roster/acts.ts';
import { Council, PROCEDURE } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, decide, publicationOf, publish, settle, writeMinutes } from '../../support/outcome.ts';

let council: Council;
let topic: TopicId;
let text: RecordId;
let parts: OutcomeParts;
beforeEach(() => {
	council = new Council();
	topic = council.topic();
	text = council.freeze(topic);
	const { close } = decide(council, topic, text);
	parts = { topic, text, minutes: agreedMinutes(council, topic), close, consensus: undefined };
});

/** Whether a publication of these parts, cosigned by a teller, stands. */
function stands(changed: Partial<OutcomeParts> = {}): boolean {
	const id = publish(council, { ...parts, ...changed });
	council.cosign(council.chen, id, 'approve');
	return publicationOf(council, id).stands;
}

test('[PUB-2] a publication stands once a teller has cosigned it', () => {
	const id = publish(council, parts);
	expect(publicationOf(council, id)).toMatchObject({ stands: false, current: true, cosigners: [] });
	council.cosign(council.zhao, id, 'approve');
	council.cosign(council.chen, id, 'object');
	expect(publicationOf(council, id).stands).toBe(false);
	council.cosign(council.li, id, 'approve');
	expect(publicationOf(council, id)).toMatchObject({
		stands: true,
		cosigners: [council.zhao.member, council.li.member],
	});
});

test('[PUB-2] the publisher does not second the own publication, teller or not', () => {
	const { corner, convener, as } = council;
	corner.act(convener, (composer) => grantRole(composer, as, convener.member, 'teller'));
	const id = publish(council, parts);
	council.cosign(convener, id, 'approve');
	expect(publicationOf(council, id)).toMatchObject({ stands: false, cosigners: [] });
});

test('[PUB-2] it rests on approved minutes of this topic', () => {
	expect(stands()).toBe(true);
	expect(stands({ minutes: writeMinutes(council, topic, '没有人看过') })).toBe(false);
	const other = council.topic('停车位');
	expect(stands({ minutes: agreedMinutes(council, other) })).toBe(false);
});

test('[PUB-2] it rests on a certified closing on this topic and text', () => {
	const poll = council.poll(topic, 'R12-all', undefined, text);
	for (const person of council.everybody) council.vote(person, poll, 'approve');
	const close = council.close(poll);
	expect(stands({ close })).toBe(false);
	council.certify(close, council.li, council.chen);
	expect(stands({ close })).toBe(true);
	expect(stands({ text: council.freeze(topic, '另一稿') })).toBe(false);
	const other = council.topic('停车位');
	expect(stands({ close: decide(council, other).close })).toBe(false);
	expect(stands({ close: undefined })).toBe(false);
	expect(stands({ close: 'ab'.repeat(32) as RecordId })).toBe(false);
});

/** A certified vote on the text in which the first so many say this. */
function vote(choice: Choice, voters: number): RecordId {
	const poll = council.poll(topic, 'R12-all', undefined, text);
	for (const person of council.everybody.slice(0, voters)) council.vote(person, poll, choice);
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	return close;
}

test('[PUB-2] [PUB-14] it rests on a vote that had a result: yes or no, and never too few voters', () => {
	expect(stands({ close: vote('approve', 6) })).toBe(true);
	expect(stands({ close: vote('reject', 6) })).toBe(true);
	expect(stands({ close: vote('approve', 1) })).toBe(false);
});

test('[PUB-2] when the closing it rests on comes to be contested, it falls', () => {
	const id = publish(council, parts);
	council.cosign(council.chen, id, 'approve');
	expect(publicationOf(council, id).stands).toBe(true);
	const { poll } = must(council.corner.ledger.find(parts.close, 'poll.close')).body;
	council.certify(council.close(poll), council.li, council.chen);
	expect(publicationOf(council, id).stands).toBe(false);
});

test('[PUB-2] it rests on a consensus that stands, on this topic and text', () => {
	const assents = [council.chen, council.zhao].map((person) => council.cosign(person, text, 'approve'));
	const agreed = settle(council, topic, text, assents);
	expect(stands({ close: undefined, consensus: agreed })).toBe(true);
	expect(stands({ close: undefined, consensus: settle(council, topic, text, []) })).toBe(false);
});

test('[PUB-2] after a second freeze the publication still names the text that was voted on', () => {
	const second = council.freeze(topic, '改过的一稿');
	expect(stands()).toBe(true);
	expect(stands({ text: second })).toBe(false);
	expect(publishableParts(council.corner.state, council.topicState(topic))).toBeUndefined();
});

test('[PUB-2] a correction replaces the publication it names, and one on another topic never does', () => {
	const first = publish(council, parts);
	const other = council.topic('停车位');
	publish(council, { ...parts, topic: other }, [publicationOf(council, first)]);
	expect(publicationOf(council, first).current).toBe(true);
	publish(council, parts, [publicationOf(council, first)]);
	expect(publicationOf(council, first).current).toBe(false);
});

test('[PUB-1] the office publishes what is decided and minuted, in the last step', () => {
	const asked = (member = council.convener.member) => {
		const may = mayPublish(council.corner.state, member, council.topicState(topic), PROCEDURE);
		return may.ok ? 'ok' : may.error;
	};
	expect(asked()).toBe('step-not-reached');
	for (const step of ['study', 'consultation', 'committee-study', 'public-notice']) council.enter(topic, step);
	expect(asked()).toBe('ok');
	expect(asked(council.zhao.member)).toBe('not-permitted');
	writeMinutes(council, topic, '又一稿');
	expect(asked()).toBe('minutes-not-approved');
	agreedMinutes(council, topic);
	council.freeze(topic, '又一稿');
	expect(asked()).toBe('not-decided');
});

test('[PUB-1] what is offered for publication is what was decided', () => {
	expect(publishableParts(council.corner.state, council.topicState(topic))).toEqual(parts);
});

test('[PUB-2] a teller other than the publisher is asked to second, once', () => {
	const { li, zhao, convener } = council;
	const id = publish(council, parts);
	const may = (member: typeof li.member | undefined) =>
		maySecondPublication(council.corner.state, member, publicationOf(council, id));
	expect(may(li.member)).toEqual({ ok: true, value: li.member });
	expect([zhao.member, convener.member, undefined].map(may)).toEqual(
		Array(3).fill({ ok: false, error: 'not-a-teller' }),
	);
	council.cosign(li, id, 'approve');
	expect(may(li.member)).toEqual({ ok: false, error: 'already-cosigned' });
});
