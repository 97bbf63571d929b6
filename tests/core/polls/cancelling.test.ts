import { beforeEach, expect, test } from 'vitest';
import type { PollId } from '#core/kernel/ids.ts';
import { cancelPoll } from '#core/polls/acts.ts';
import { mayCancelPoll, mayCastBallot, mayClosePoll, mayCorrectClosing } from '#core/polls/rules.ts';
import { maySeal } from '#core/polls/witness-rules.ts';
import { Council } from '../../support/council.ts';

let council: Council;
let poll: PollId;
beforeEach(() => {
	council = new Council('cancelling');
	poll = council.poll(council.topic());
	council.vote(council.zhao, poll, 'approve');
});

const cancel = () =>
	council.corner.act(council.convener, (composer) => cancelPoll(composer, council.as, poll, 'roll-wrong'));
const status = () => council.pollState(poll).status;
const code = (result: { ok: boolean; error?: unknown }) => (result.ok ? 'ok' : result.error);
const mayCancel = (person = council.convener) =>
	code(mayCancelPoll(council.corner.state.roster, council.pollState(poll), person.member));

test('[POLL-22] the office cancels an open poll; the poll and what was cast stay, and nothing more is done in it', () => {
	const { zhao, convener, sun, corner } = council;
	expect([mayCancel(), mayCancel(zhao)]).toEqual(['ok', 'not-permitted']);
	cancel();
	expect(status()).toBe('cancelled');
	const state = council.pollState(poll);
	expect([
		code(mayCastBallot(state, zhao.member)),
		code(mayClosePoll(corner.state, state, convener.member)),
		code(mayCorrectClosing(corner.state, state, convener.member)),
		code(maySeal(state, sun.member)),
		mayCancel(),
	]).toEqual(Array(5).fill('poll-cancelled'));
	expect(council.count(poll).tally.counts.units.approve).toBe(1);
});

test('[POLL-22] a closing that is not certified is cancelled with its poll', () => {
	council.close(poll);
	expect(mayCancel()).toBe('ok');
	cancel();
	expect(status()).toBe('cancelled');
	expect(council.pollState(poll).standing).toBeUndefined();
});

test('[POLL-22] once a closing is certified a cancellation has no effect, whenever it was written', () => {
	const close = council.close(poll);
	cancel();
	council.certify(close, council.li);
	expect(status()).toBe('cancelled');
	council.certify(close, council.chen);
	expect(status()).toBe('certified');
	expect(mayCancel()).toBe('poll-certified');
	cancel();
	expect(council.pollState(poll)).toMatchObject({ status: 'certified', standing: { id: close } });
});
