import { expect, test } from 'vitest';
import { endProxy, giveProxy } from '#core/polls/acts.ts';
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

test('[OWN-2] a holder is stopped before he votes for more units than the rule allows', () => {
	const { council, poll } = ownersPoll();
	const { zhao, sun } = council;
	const zhaos = ownUnits(poll, zhao.member);
	expect(zhaos).toEqual(['1-101']);
	expect(refusalOf(mayVoteByProxy(poll, zhao.member, [], zhaos))).toBeUndefined();
	expect(refusalOf(mayVoteByProxy(poll, zhao.member, zhaos, zhaos))).toBeUndefined();
	expect(refusalOf(mayVoteByProxy(poll, sun.member, [], ownUnits(poll, sun.member)))).toBe('proxies-used-up');
	const two = { ...poll, rule: { ...poll.rule, proxies: 2 } };
	expect(refusalOf(mayVoteByProxy(two, sun.member, [], ownUnits(poll, sun.member)))).toBeUndefined();
	expect(refusalOf(mayVoteByProxy(two, sun.member, zhaos, ownUnits(poll, sun.member)))).toBe('proxies-used-up');
});
