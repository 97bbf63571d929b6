import { beforeEach, expect, test } from 'vitest';
import type { PollId } from '#core/kernel/ids.ts';
import { mayCertify } from '#core/polls/rules.ts';
import { Council } from '../../support/council.ts';

let council: Council;
let poll: PollId;
beforeEach(() => {
	council = new Council();
	poll = council.poll(council.topic());
	for (const person of council.everybody) council.vote(person, poll, 'approve');
});

const status = () => council.pollState(poll).status;

test('[POLL-6] a closing is provisional until two tellers have certified it', () => {
	expect(status()).toBe('open');
	const close = council.close(poll);
	expect(status()).toBe('closed');
	council.certify(close, council.li);
	expect(status()).toBe('closed');
	council.certify(close, council.chen);
	expect(status()).toBe('certified');
	expect(council.pollState(poll).standing?.id).toBe(close);
	expect(council.pollState(poll).standing?.decision.outcome).toBe('passed');
});

test('[POLL-6] one teller with two phones is one certifier', () => {
	const { li } = council;
	const close = council.close(poll);
	council.certify(close, li, council.secondPhone(li), li);
	expect(council.closing(poll, close).certifiers).toEqual([li.member]);
	expect(status()).toBe('closed');
});

test('[POLL-6] the closer never certifies, and others who are no tellers of the poll neither', () => {
	const { li, chen, zhao, convener } = council;
	const close = council.close(poll, {}, li);
	council.certify(close, li, chen, zhao, convener);
	expect(council.closing(poll, close).certifiers).toEqual([chen.member]);
	expect(status()).toBe('closed');
});

test('[POLL-6] only a cosign of kind certify certifies', () => {
	const close = council.close(poll);
	for (const kind of ['approve', 'count', 'seal', 'paper', 'object'] as const)
		for (const teller of [council.li, council.chen]) council.cosign(teller, close, kind);
	expect(council.closing(poll, close).certifiers).toEqual([]);
});

test('[POLL-6] what a screen offers agrees: a teller, not the closer, once', () => {
	const { li, chen, zhao } = council;
	const close = council.close(poll, {}, li);
	council.certify(close, chen);
	const may = (member: typeof li.member | undefined) =>
		mayCertify(council.pollState(poll), council.closing(poll, close), member);
	expect(may(zhao.member)).toEqual({ ok: false, error: 'not-a-teller' });
	expect(may(undefined)).toEqual({ ok: false, error: 'not-a-teller' });
	expect(may(li.member)).toEqual({ ok: false, error: 'closer-cannot-certify' });
	expect(may(chen.member)).toEqual({ ok: false, error: 'already-certified' });
});

test('[POLL-7] two certified closings of which neither supersedes the other are a contest, and there is no outcome', () => {
	const { li, chen } = council;
	const [one, two] = [council.close(poll), council.close(poll)];
	council.certify(one, li, chen);
	expect(status()).toBe('certified');
	council.certify(two, li, chen);
	expect(status()).toBe('contested');
	expect(council.pollState(poll).standing).toBeUndefined();
});

test('[POLL-7] a closing that supersedes another takes effect when it is certified, not before', () => {
	const { li, chen } = council;
	const one = council.close(poll);
	council.certify(one, li, chen);
	const two = council.close(poll, { supersedes: one });
	expect(council.pollState(poll).standing?.id).toBe(one);
	council.certify(two, li, chen);
	expect(status()).toBe('certified');
	expect(council.pollState(poll).standing?.id).toBe(two);
});

test('[POLL-7] superseding is transitive, also through a closing that nobody certified', () => {
	const { li, chen } = council;
	const one = council.close(poll);
	council.certify(one, li, chen);
	const two = council.close(poll, { supersedes: one });
	const three = council.close(poll, { supersedes: two });
	council.certify(three, li, chen);
	expect(council.pollState(poll).standing?.id).toBe(three);
	expect(council.audit(poll, three).defects).toEqual([]);
	expect(council.audit(poll, one).defects).toEqual([]);
});

test('[POLL-7] two certified corrections of one closing contest each other', () => {
	const { li, chen } = council;
	const one = council.close(poll);
	for (const correction of [
		council.close(poll, { supersedes: one }),
		council.close(poll, { supersedes: one, ids: [] }),
	])
		council.certify(correction, li, chen);
	expect(status()).toBe('contested');
});
