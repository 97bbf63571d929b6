import { beforeEach, expect, test } from 'vitest';
import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { decodeMemberBlob, decodeTextBlob } from '#core/ledger/blobs.ts';
import { replyToDissent } from '#core/minutes/acts.ts';
import {
	consensusAsked,
	mayAnswerConsensus,
	mayProposeConsensus,
	mayRecordConsensus,
	mayReplyToDissent,
} from '#core/minutes/consensus-rules.ts';
import { wordsField } from '#core/minutes/records.ts';
import { mayPublish } from '#core/publication/rules.ts';
import { publicDocument } from '#core/publication/document.ts';
import { openGates } from '#core/topics/selectors.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council, PROCEDURE } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { agreedMinutes, decide, publish, settle } from '../../support/outcome.ts';

let council: Council;
let topic: TopicId;
let text: RecordId;
beforeEach(() => {
	council = new Council();
	topic = council.topic();
	text = council.freeze(topic);
});

const corner = () => council.corner.state;
const subject = () => council.topicState(topic);
const agree = (...people: Person[]) => people.map((person) => council.cosign(person, text, 'approve'));
const object = (person: Person) => council.cosign(person, text, 'object');
const consensus = (id: RecordId) => must(corner().consensus.get(id));
const said = (may: { ok: boolean; error?: unknown }) => (may.ok ? 'ok' : may.error);

const propose = (person = council.convener) => said(mayProposeConsensus(corner(), person.member, subject()));
const answer = (person: Person) => said(mayAnswerConsensus(corner(), person.member, subject()));
const record = (person = council.convener, needed = 2) =>
	said(mayRecordConsensus(corner(), person.member, subject(), needed));

function reply(id: RecordId, to: Person): RecordId {
	const { convener, as } = council;
	return council.corner.act(convener, (composer) => replyToDissent(composer, as, id, to.member, '冬天再试一次。'));
}

test('[CONS-1] a convener proposes to settle the frozen text without a vote, and then everybody answers once', () => {
	expect([propose(council.zhao), answer(council.zhao)]).toEqual(['not-permitted', 'consensus-not-proposed']);
	council.cosign(council.zhao, text, 'approve');
	expect(consensusAsked(corner(), subject())).toBeUndefined();
	expect(propose()).toBe('ok');
	agree(council.convener);
	expect(consensusAsked(corner(), subject())?.id).toBe(text);
	expect([propose(), answer(council.zhao), answer(council.sun)]).toEqual([
		'already-cosigned',
		'already-cosigned',
		'ok',
	]);
	expect(said(mayAnswerConsensus(corner(), undefined, subject()))).toBe('not-permitted');
});

test('[CONS-1] what is voted on, settled or written anew is not settled this way', () => {
	agree(council.convener, council.chen, council.zhao);
	const second = council.freeze(topic, '又一稿');
	expect([propose(), answer(council.sun)]).toEqual(['ok', 'consensus-not-proposed']);
	council.cosign(council.convener, second, 'approve');
	decide(council, topic, second);
	expect([answer(council.sun), record()]).toEqual(['text-voted-on', 'text-voted-on']);
	expect(said(mayProposeConsensus(corner(), council.convener.member, council.topicState(council.topic())))).toBe(
		'text-not-frozen',
	);
});

test('[CONS-2] it is recorded once enough others have agreed, one of them a teller', () => {
	expect(record()).toBe('consensus-not-proposed');
	agree(council.convener, council.zhao);
	expect(record()).toBe('assent-missing');
	agree(council.sun);
	expect(record()).toBe('assent-missing');
	const assents = agree(council.chen);
	expect([record(), record(council.convener, 4), record(council.chen)]).toEqual([
		'ok',
		'assent-missing',
		'not-permitted',
	]);
	const early = settle(council, topic, text, assents);
	expect(consensus(early).stands).toBe(false);
	expect(openGates(corner(), subject()).has('decided')).toBe(false);
	const id = settle(
		council,
		topic,
		text,
		must(subject().texts[0]).assents.map((assent) => assent.id),
	);
	expect(consensus(id)).toMatchObject({
		stands: true,
		agreed: [council.zhao.member, council.sun.member, council.chen.member],
	});
	expect(openGates(corner(), subject()).has('decided')).toBe(true);
	expect([record(), answer(council.zhou)]).toEqual(['already-settled', 'already-settled']);
});

test('[CONS-2] a consensus on a text of another topic settles nothing', () => {
	const assents = agree(council.chen, council.zhao);
	const other = council.topic('停车位');
	expect(consensus(settle(council, other, text, assents)).stands).toBe(false);
	expect(openGates(corner(), council.topicState(other)).has('decided')).toBe(false);
});

test('[CONS-3] each dissenter is in it with their words, which members alone can read', () => {
	const assents = [...agree(council.chen, council.zhao), object(council.sun)];
	const id = settle(council, topic, text, assents, [council.sun]);
	const [dissent] = consensus(id).dissent;
	expect(consensus(id).stands).toBe(true);
	expect(dissent).toMatchObject({ member: council.sun.member, replies: [] });
	const { words } = must(dissent);
	expect(decodeMemberBlob(wordsField, council.corner.blob(words))).toBe('孙德福不同意');
	expect(council.corner.ledger.blobKind(words)).toBe('member');
});

test('[CONS-3] an objection that is cited and left out undoes it; one that came later is counted as unheard', () => {
	const assents = agree(council.chen, council.zhao);
	const heard = object(council.sun);
	expect(consensus(settle(council, topic, text, [...assents, heard])).stands).toBe(false);
	const id = settle(council, topic, text, assents);
	object(council.zhou);
	expect(consensus(id)).toMatchObject({ stands: true, unheard: [council.sun.member, council.zhou.member] });
});

test('[CONS-3] who is named as against it is not counted among those who agreed', () => {
	const assents = agree(council.chen, council.zhao);
	const id = settle(council, topic, text, assents, [council.zhao]);
	expect(consensus(id)).toMatchObject({ stands: false, agreed: [council.chen.member] });
});

test('[CONS-5] every dissenter is answered, once, before the outcome is public', () => {
	const assents = [...agree(council.chen, council.zhao), object(council.sun)];
	const id = settle(council, topic, text, assents, [council.sun]);
	agreedMinutes(council, topic);
	for (const step of ['study', 'consultation', 'committee-study', 'public-notice']) council.enter(topic, step);
	const ready = () => said(mayPublish(corner(), council.convener.member, subject(), PROCEDURE));
	const may = (person: Person, to: Person) =>
		said(mayReplyToDissent(corner(), person.member, consensus(id), to.member));
	expect(ready()).toBe('dissent-unanswered');
	expect([may(council.li, council.sun), may(council.chen, council.sun)]).toEqual(['ok', 'not-permitted']);
	expect(may(council.convener, council.zhou)).toBe('not-a-dissenter');
	reply(id, council.sun);
	expect([may(council.convener, council.sun), ready()]).toEqual(['already-answered', 'ok']);
	expect(decodeTextBlob(council.corner.blob(must(consensus(id).dissent[0]?.replies[0]).words))).toBe('冬天再试一次。');
});

test('[CONS-4] the public is told how many agreed and disagreed and what they were answered, and nobody is named', () => {
	const assents = [...agree(council.chen, council.zhao), object(council.sun)];
	const id = settle(council, topic, text, assents, [council.sun]);
	object(council.zhou);
	const { convener, as } = council;
	council.corner.act(convener, (composer) =>
		replyToDissent(composer, as, id, council.sun.member, '孙德福说的冬天，届时再试。'),
	);
	const parts = { topic, text, minutes: agreedMinutes(council, topic), close: undefined, consensus: id };
	const published = publish(council, parts);
	const { state, ledger, blob } = council.corner;
	const document = publicDocument({ state, ledger, blobs: blob }, published);
	expect(document.ok && document.value.decided).toEqual({
		...{ by: 'consensus', agreed: 2, dissent: 1, unheard: 1 },
		replies: ['孙*福说的冬天，届时再试。'],
	});
	expect(JSON.stringify(document)).not.toContain('不同意');
});
