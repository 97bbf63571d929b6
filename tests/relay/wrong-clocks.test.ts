import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import type { TopicId } from '#core/kernel/ids.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { relayStanding } from '#lib/session/sync/relay-standing.ts';
import { connected, openCourtyard, phoneIn } from '../support/courtyard.ts';
import { must } from '../support/must.ts';
import { cornerWithWang, loggedIn, people } from '../support/relay-fixtures.ts';
import { phoneWith, speakTo } from '../support/relay-phone.ts';
import { ballotOf, enrolment, openVote, receiptFor } from '../support/relay-vote.ts';
import { eventually } from '../support/wait.ts';

const YEAR = 366 * 24 * 3600 * 1000;
const HOUR = 3_600_000;
const WRONG = [
	['ahead', YEAR],
	['behind', -YEAR],
] as const;

test.each(WRONG)(
	'[CLOCK-1] a phone whose clock is a year %s logs in, and what it writes is what anybody writes',
	async (_, wrong) => {
		const running = await cornerWithWang();
		const { corner, host } = running;
		const chen = await phoneWith(corner, people.chen);
		speakTo(chen, host, relayStanding(chen.copy, chen.store, undefined));
		corner.story.at = Date.now() + wrong;
		const wang = await loggedIn(host, corner.grid, people.wang);
		const act = corner.topic(people.wang);
		await wang.bring(act);
		const topic = must(act.ids[0]) as TopicId;
		const held = await eventually(() => must(foldLedger(chen.copy.ledger, chen.copy.blob).topics.get(topic)));
		expect([held.proposer, held.at]).toEqual([corner.memberOf(people.wang), corner.story.at]);
	},
);

test.each(WRONG)(
	'[CLOCK-1] a laptop whose clock is a year %s is found by phones, and takes what they bring',
	async (_, wrong) => {
		const running = await cornerWithWang(undefined, { now: () => Date.now() + wrong });
		const { card } = await openCourtyard(running);
		const wang = phoneIn(await connected(card), running.corner.grid);
		expect(await wang.knock(people.wang)).toBe('member');
		await wang.bring(running.corner.topic(people.wang));
	},
);

test('[CLOCK-2] a laptop whose clock is put right by a year while it runs goes on confirming ballots', async () => {
	const clock = { ahead: YEAR, elapsed: 0 };
	const running = await cornerWithWang(undefined, {
		now: () => Date.now() + clock.ahead,
		elapsed: () => clock.elapsed,
	});
	const { corner, chen, host } = running;
	await chen.bring(enrolment(corner, running.relay.key));
	const { act, poll } = openVote(corner, people.chen, people.wang);
	await chen.bring(act);
	[clock.ahead, clock.elapsed] = [0, HOUR];
	const wang = await loggedIn(host, corner.grid, people.wang);
	const ballot = ballotOf(corner, people.wang, poll);
	wang.offer(ballot.wires, poll);
	const receipt = await receiptFor(wang, must(ballot.ids[0]));
	expect(receipt.at).toBeLessThan(Date.now() + HOUR);
});
