import { expect, test } from 'vitest';
import { encodeCbor } from '#core/kernel/cbor.ts';
import { fromHex, type MemberId, type PollId } from '#core/kernel/ids.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { decodeRoll, encodeRoll, memberRoll } from '#core/polls/roll.ts';
import { mayOpenPoll, tellersBeside } from '#core/polls/opening-rules.ts';
import { mayCastBallot, mayClosePoll, mayCountHands } from '#core/polls/rules.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const code = (result: { ok: boolean; error?: unknown }) => (result.ok ? 'ok' : result.error);

test('[POLL-1] a poll needs the office, one frozen text, and two tellers besides its opener', () => {
	const council = new Council();
	const topic = council.topic();
	const may = (member: MemberId | undefined) =>
		code(mayOpenPoll(council.corner.state, member, council.topicState(topic)));
	expect(may(council.convener.member)).toBe('text-not-frozen');
	council.freeze(topic);
	expect(may(council.convener.member)).toBe('ok');
	expect(may(council.zhao.member)).toBe('not-permitted');
	expect(may(undefined)).toBe('not-permitted');
	council.poll(topic);
	expect(may(council.convener.member)).toBe('poll-under-way');
});

test('[POLL-1] a poll that is certified leaves room for the next, one that is only closed does not', () => {
	const council = new Council();
	const topic = council.topic();
	const poll = council.poll(topic);
	const may = () => code(mayOpenPoll(council.corner.state, council.convener.member, council.topicState(topic)));
	const close = council.close(poll);
	expect(may()).toBe('poll-under-way');
	council.certify(close, council.li, council.chen);
	expect(may()).toBe('ok');
});

test('[POLL-1] a convener who is a teller too is none of the two', () => {
	const council = new Council();
	const { corner, convener, li, chen } = council;
	corner.act(convener, (composer) =>
		composer.add('role.grant', { as: must(council.as), member: convener.member, role: 'teller' }),
	);
	expect([...tellersBeside(corner.state.roster, convener.member)].sort()).toEqual([li.member, chen.member].sort());
	expect(tellersBeside(corner.state.roster, li.member)).not.toContain(li.member);
});

const a = '0a'.repeat(32) as MemberId;
const b = '0b'.repeat(32) as MemberId;

test('[POLL-2] a roll is written sorted and read back', () => {
	expect(decodeRoll(encodeRoll(memberRoll([b, a])))?.map(({ unit }) => unit)).toEqual([a, b]);
	expect(decodeRoll(encodeRoll([{ unit: '3-2-501', heads: 1, area: 8850, members: [a, b] }]))).toEqual([
		{ unit: '3-2-501', heads: 1, area: 8850, members: [a, b] },
	]);
});

const unit = (name: string, ...members: MemberId[]) => [name, 1, 0, members.map(fromHex)];
test.each<[string, unknown]>([
	['unsorted', [unit('b', b), unit('a', a)]],
	['with a unit twice', [unit('a', a), unit('a', b)]],
	['with a unit of nobody', [unit('a')]],
	['with a unit of three fields', [['a', 1, 0]]],
	['that is no list', { a: 1 }],
])('[POLL-2] a roll %s is none', (_case, value) => {
	expect(decodeRoll(encodeCbor(value as never))).toBeUndefined();
});

test('[POLL-2] a poll waits for its roll, and one whose roll is not as declared never becomes a poll', () => {
	const council = new Council();
	const poll = council.poll(council.topic());
	const { blobs, ledger } = council.corner;
	const opened = must(ledger.find(poll, 'poll.open'));
	const roll = must(blobs.get(opened.body.roll));
	blobs.delete(opened.body.roll);
	expect(council.pollState(poll).status).toBe('roll-missing');
	blobs.set(opened.body.roll, encodeRoll(memberRoll([a])));
	expect(council.pollState(poll).status).toBe('roll-invalid');
	blobs.set(opened.body.roll, roll);
	expect(council.pollState(poll).status).toBe('open');
	expect(blobHash(roll)).toBe(opened.body.roll);
});

test('[POLL-3] who joins or gets a role later changes nothing on the roll, nor among the tellers', () => {
	const council = new Council();
	const poll = council.poll(council.topic());
	const late = council.corner.welcome('后来的', '9号楼', 'teller');
	expect(council.pollState(poll).roll).toHaveLength(7);
	expect(council.pollState(poll).tellers).not.toContain(late.member);
	expect(code(mayCastBallot(council.pollState(poll), late.member))).toBe('voter-not-on-roll');
});

test('[POLL-4] what may be done with a poll follows its state, never a clock', () => {
	const council = new Council();
	const topic = council.topic();
	const poll = council.poll(topic);
	const { zhao, li, convener } = council;
	const asked = (id: PollId) => {
		const state = council.pollState(id);
		const close = mayClosePoll(council.corner.state, state, convener.member);
		return [mayCastBallot(state, zhao.member), mayCountHands(state, li.member), close].map(code);
	};
	expect(asked(poll)).toEqual(['ok', 'ok', 'ok']);
	council.corner.at += 10 * 365 * 24 * 60 * 60 * 1000;
	expect(asked(poll)).toEqual(['ok', 'ok', 'ok']);
	const close = council.close(poll);
	expect(asked(poll)).toEqual(['poll-closed', 'poll-closed', 'poll-closed']);
	council.certify(close, li, council.chen);
	expect(asked(poll)).toEqual(['poll-certified', 'poll-certified', 'poll-certified']);
});

test('[POLL-4] only a teller whom the poll names counts hands, and only the office closes', () => {
	const council = new Council();
	const state = council.pollState(council.poll(council.topic()));
	expect(code(mayCountHands(state, council.zhao.member))).toBe('not-permitted');
	expect(code(mayCountHands(state, undefined))).toBe('not-permitted');
	expect(code(mayClosePoll(council.corner.state, state, council.zhao.member))).toBe('not-permitted');
});
