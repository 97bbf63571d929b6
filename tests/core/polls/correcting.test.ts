import { beforeEach, expect, test } from 'vitest';
import type { PollId } from '#core/kernel/ids.ts';
import { mayCorrectClosing } from '#core/polls/rules.ts';
import { shownClosing } from '#core/polls/selectors.ts';
import { tasksFor } from '#core/tasks/selectors.ts';
import { Council } from '../../support/council.ts';

let council: Council;
let poll: PollId;
beforeEach(() => {
	council = new Council();
	poll = council.poll(council.topic());
	council.vote(council.zhao, poll, 'approve');
});

const may = (member: typeof council.li.member) =>
	mayCorrectClosing(council.corner.state, council.pollState(poll), member);

test('[POLL-13] a closing is corrected only while it waits for its tellers, by whoever may close', () => {
	const { convener, zhao, li, chen } = council;
	expect(may(convener.member)).toEqual({ ok: false, error: 'poll-open' });
	const close = council.close(poll);
	expect(may(convener.member).ok).toBe(true);
	expect(may(zhao.member)).toEqual({ ok: false, error: 'not-permitted' });
	council.certify(close, li, chen);
	expect(may(convener.member)).toEqual({ ok: false, error: 'poll-certified' });
});

test('[POLL-13] the corrected closing is what is shown and what tellers are asked to confirm', () => {
	const { li, chen } = council;
	const first = council.close(poll);
	council.vote(council.sun, poll, 'approve');
	const second = council.close(poll, { supersedes: first });
	expect(shownClosing(council.pollState(poll))?.id).toBe(second);
	const { ledger, state, blob: blobs } = council.corner;
	const asked = tasksFor({ ledger, state, blobs }, li.member).filter(({ kind }) => kind === 'certify');
	expect(asked).toMatchObject([{ closing: second }]);
	council.certify(second, li, chen);
	expect(council.pollState(poll).standing?.id).toBe(second);
	expect(council.pollState(poll).standing?.declared.units.approve).toBe(2);
});
