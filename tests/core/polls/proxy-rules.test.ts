import { expect, test } from 'vitest';
import { endProxy, giveProxy } from '#core/polls/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { proxiesIn } from '#core/polls/proxies.ts';
import { mayGiveProxy, mayVoteByProxy } from '#core/polls/proxy-rules.ts';
import { ownUnits } from '#core/polls/roll.ts';
import type { RollUnit } from '#core/polls/roll.ts';
import { Council } from '../../support/council.ts';

const refusalOf = (result: { ok: boolean; error?: unknown }) => (result.ok ? undefined : result.error);

function ownersPoll() {
	const council = new Council();
	const { zhao, sun, zhou } = council;
	const roll: RollUnit[] = [
		{ unit: '1-101', heads: 1, area: 9000, members: [zhao.member] },
		{ unit: '1-102', heads: 1, area: 9000, members: [sun.member] },
		{ unit: '1-103', heads: 1, area: 9000, members: [sun.member, zhou.member] },
	];
	const id = council.poll(council.topic(), 'R5', undefined, undefined, { voters: roll });
	return { council, poll: council.pollState(id) };
}

test('[OWN-2] a proxy holds in the poll it names until its giver takes it back', () => {
	const { council, poll } = ownersPoll();
	const { corner, zhao, zhou } = council;
	const held = () => proxiesIn(corner.standing.view, poll).map(({ giver, holder }) => [giver, holder]);
	const given = corner.act(zhao, (composer) => giveProxy(composer, zhou.member, { poll: poll.id }));
	corner.act(zhou, (composer) => giveProxy(composer, zhou.member, { poll: poll.id }));
	expect(held()).toEqual([[zhao.member, zhou.member]]);
	corner.act(zhou, (composer) => endProxy(composer, given));
	expect(held()).toEqual([[zhao.member, zhou.member]]);
	corner.act(zhao, (composer) => endProxy(composer, given));
	expect(held()).toEqual([]);
});

test('[OWN-2] who is on the roll of a poll that allows it gives a proxy, to somebody else', () => {
	const { council, poll } = ownersPoll();
	const { zhao, zhou, chen } = council;
	expect(refusalOf(mayGiveProxy(poll, zhao.member, zhou.member))).toBeUndefined();
	expect(refusalOf(mayGiveProxy(poll, zhao.member, zhao.member))).toBe('proxy-to-self');
	expect(refusalOf(mayGiveProxy(poll, chen.member, zhou.member))).toBe('voter-not-on-roll');
	const none = { ...poll, rule: { ...poll.rule, proxies: 0 } };
	expect(refusalOf(mayGiveProxy(none, zhao.member, zhou.member))).toBe('no-proxies');
});

test('[OWN-2] a holder is stopped before he votes for more owners than the rule allows', () => {
	const { council, poll } = ownersPoll();
	const [zhao, sun] = [council.zhao.member, council.sun.member];
	expect(refusalOf(mayVoteByProxy(poll, zhao, []))).toBeUndefined();
	expect(refusalOf(mayVoteByProxy(poll, zhao, [zhao]))).toBeUndefined();
	expect(refusalOf(mayVoteByProxy(poll, sun, [zhao]))).toBe('proxies-used-up');
	const two = { ...poll, rule: { ...poll.rule, proxies: 2 } };
	expect(refusalOf(mayVoteByProxy(two, sun, [zhao]))).toBeUndefined();
});

test('[OWN-7] one proxy is for all flats of its giver, also those he owns with others', () => {
	const { council, poll } = ownersPoll();
	const { corner, sun, zhou, li } = council;
	expect(poll.rule.proxies).toBe(1);
	expect(refusalOf(mayVoteByProxy(poll, sun.member, []))).toBeUndefined();
	const proxy = corner.act(sun, (composer) => giveProxy(composer, li.member, { poll: poll.id }));
	const byProxy = { voter: sun.member, proxy };
	for (const unit of ownUnits(poll, sun.member))
		corner.act(li, (composer) => castBallot(composer, poll.id, { choice: 'approve', unit, byProxy }, []));
	expect(council.count(poll.id).box.faulty).toEqual([]);
	expect(council.count(poll.id).tally.counts).toMatchObject({ heads: { approve: 2 }, area: { approve: 18000 } });
	corner.act(zhou, (composer) => castBallot(composer, poll.id, 'reject', []));
	expect(council.count(poll.id).tally.counts).toMatchObject({ heads: { approve: 1, reject: 1 } });
});
