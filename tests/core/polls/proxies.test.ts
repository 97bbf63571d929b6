import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { castBallot } from '#core/polls/casting.ts';
import { endProxy, giveProxy, type PollPlan } from '#core/polls/acts.ts';
import type { Choice } from '#core/polls/records.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';

let council: Council;
let topic: TopicId;
let poll: PollId;
beforeEach(() => {
	council = new Council('proxies');
	topic = council.topic();
	poll = open(1);
});

const open = (proxies: number, more: Partial<PollPlan> = {}) =>
	council.poll(topic, 'R12-all', undefined, undefined, { settings: { proxies }, ...more });
const give = (giver: Person, to: Person, within: { poll?: PollId; topic?: TopicId } = { poll }) =>
	council.corner.act(giver, (composer) => giveProxy(composer, to.member, within));
const end = (person: Person, proxy: RecordId) => council.corner.act(person, (composer) => endProxy(composer, proxy));
const castFor = (
	holder: Person,
	giver: Person,
	proxy: RecordId,
	choice: Choice = 'approve',
	replaces: readonly RecordId[] = [],
	id = poll,
) =>
	council.corner.act(holder, (composer) =>
		castBallot(composer, id, { choice, byProxy: { voter: giver.member, proxy } }, replaces),
	);
const counts = (id = poll) => council.count(id).tally.counts.units;
const faults = (id = poll) => council.count(id).box.faulty.map(({ fault }) => fault);

test('[POLL-17] who holds a proxy votes for its giver, and the own vote stays separate', () => {
	const { zhao, sun } = council;
	const proxy = give(zhao, sun);
	castFor(sun, zhao, proxy, 'approve');
	council.vote(sun, poll, 'reject');
	expect(counts()).toMatchObject({ approve: 1, reject: 1, notVoted: 5 });
	expect(faults()).toEqual([]);
});

test.each(['own first', 'proxy first'])('[POLL-16] what the voter casts beats the proxy: %s', (order) => {
	const { zhao, sun } = council;
	const proxy = give(zhao, sun);
	const acts = [() => council.vote(zhao, poll, 'reject'), () => castFor(sun, zhao, proxy, 'approve')];
	for (const act of order === 'own first' ? acts : [...acts].reverse()) act();
	expect(counts()).toMatchObject({ approve: 0, reject: 1, spoiled: 0 });
});

test('[POLL-16] a beaten ballot replaces nothing: the holder cannot take the own vote back', () => {
	const { zhao, sun } = council;
	const proxy = give(zhao, sun);
	const own = council.vote(zhao, poll, 'reject');
	castFor(sun, zhao, proxy, 'approve', [own]);
	expect(counts()).toMatchObject({ approve: 0, reject: 1, spoiled: 0 });
	expect(council.count(poll).tally.conflicts).toEqual([]);
});

test('[POLL-16] among ballots by proxy one replaces another; two that differ are void and listed', () => {
	const { zhao, sun, zhou } = council;
	const [first, second] = [give(zhao, sun), give(zhao, zhou)];
	const one = castFor(sun, zhao, first, 'approve');
	castFor(zhou, zhao, second, 'reject');
	expect(council.count(poll).tally.conflicts).toEqual([zhao.member]);
	castFor(zhou, zhao, second, 'reject', [one]);
	expect(counts()).toMatchObject({ approve: 0, reject: 1, spoiled: 0 });
});

test('[POLL-17] more proxies than the rule allows are void together, the own vote is not', () => {
	const { zhao, zhou, sun } = council;
	const [one, two] = [give(zhao, sun), give(zhou, sun)];
	castFor(sun, zhao, one);
	expect(counts().approve).toBe(1);
	castFor(sun, zhou, two);
	council.vote(sun, poll, 'reject');
	expect(faults()).toEqual(['proxies-over-limit', 'proxies-over-limit']);
	expect(counts()).toMatchObject({ approve: 0, reject: 1 });
});

test('[POLL-17] one may use as many proxies as the rule allows, and none where it says nothing', () => {
	const { zhao, zhou, sun } = council;
	for (const [limit, approve] of [
		[2, 2],
		[0, 0],
	] as const) {
		const id = open(limit);
		for (const giver of [zhao, zhou]) castFor(sun, giver, give(giver, sun, { poll: id }), 'approve', [], id);
		expect(counts(id).approve).toBe(approve);
		expect(faults(id)).toHaveLength(2 - approve);
	}
});

test('[POLL-17] a closing that lists only as many proxies as allowed counts these, whatever else was cast', () => {
	const { zhao, zhou, sun } = council;
	const listed = castFor(sun, zhao, give(zhao, sun));
	const close = council.close(poll);
	castFor(sun, zhou, give(zhou, sun));
	expect(council.audit(poll, close)).toMatchObject({ recount: 'agrees', defects: [] });
	expect(council.audit(poll, close).tally.counts.units.approve).toBe(1);
	expect(council.count(poll).ids).not.toContain(listed);
});

test('[POLL-17] a proxy is not passed on, and nobody uses one that was given to somebody else', () => {
	const { zhao, sun, zhou } = council;
	const given = give(zhao, sun);
	const onwards = give(sun, zhou);
	castFor(zhou, zhao, onwards);
	castFor(zhou, zhao, given);
	expect(faults()).toEqual(['proxy-invalid', 'proxy-invalid']);
	expect(counts().approve).toBe(0);
});

test('[POLL-17] nobody votes by proxy for himself, or for another than its giver', () => {
	const { zhao, sun, zhou } = council;
	castFor(zhao, zhao, give(zhao, zhao));
	castFor(sun, zhou, give(zhao, sun));
	expect(faults()).toEqual(['proxy-invalid', 'proxy-invalid']);
});

test('[POLL-17] half a proxy is none', () => {
	const { zhao, sun } = council;
	const proxy = give(zhao, sun);
	const voter = zhao.member;
	for (const half of [{ proxy }, { for: voter }])
		council.corner.act(sun, (composer) =>
			composer.add('ballot', { poll, choice: 'approve', replaces: [], ...half }, poll),
		);
	expect(faults()).toEqual(['proxy-invalid', 'proxy-invalid']);
	expect(counts()).toMatchObject({ approve: 0, notVoted: 7 });
});

test('[POLL-17] a proxy holds in the poll or on the topic it names, or everywhere', () => {
	const { zhao, sun } = council;
	const elsewhere = council.topic('别的事');
	const other = council.poll(elsewhere, 'R12-all', undefined, undefined, { settings: { proxies: 1 } });
	const used = (within: { poll?: PollId; topic?: TopicId }) => {
		const id = open(1);
		castFor(sun, zhao, give(zhao, sun, within), 'approve', [], id);
		return faults(id);
	};
	expect(used({ poll: other })).toEqual(['proxy-invalid']);
	expect(used({ topic: elsewhere })).toEqual(['proxy-invalid']);
	expect(used({ topic })).toEqual([]);
	expect(used({})).toEqual([]);
	const id = open(1);
	castFor(sun, zhao, give(zhao, sun, { poll: id, topic: elsewhere }), 'approve', [], id);
	expect(faults(id)).toEqual(['proxy-invalid']);
});

test('[POLL-17] a proxy that its giver ended before the closing does not hold, and is listed as revoked', () => {
	const { zhao, sun } = council;
	const proxy = give(zhao, sun);
	const ballot = castFor(sun, zhao, proxy);
	const ended = end(zhao, proxy);
	expect(faults()).toEqual(['proxy-invalid']);
	const close = council.close(poll);
	expect(council.closing(poll, close).revs).toEqual([ended]);
	expect(council.closing(poll, close).declared.units.approve).toBe(0);
	expect(council.audit(poll, close)).toMatchObject({ recount: 'agrees', defects: [], revoked: [ballot], faulty: [] });
});

test('[POLL-17] a proxy ended after the closing held in it', () => {
	const { zhao, sun } = council;
	const proxy = give(zhao, sun);
	castFor(sun, zhao, proxy);
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	end(zhao, proxy);
	expect(council.audit(poll, close)).toMatchObject({ recount: 'agrees', defects: [], revoked: [] });
	expect(council.pollState(poll).standing).toMatchObject({ id: close, disputed: false });
	expect(counts().approve).toBe(0);
});

test('[POLL-17] only its giver ends a proxy, from any of his phones', () => {
	const { zhao, sun, zhou } = council;
	const proxy = give(zhao, sun);
	castFor(sun, zhao, proxy);
	for (const stranger of [sun, zhou]) end(stranger, proxy);
	expect(faults()).toEqual([]);
	end(council.secondPhone(zhao), proxy);
	expect(faults()).toEqual(['proxy-invalid']);
});

test('[POLL-17] a proxy of somebody who is not on the roll gives no vote; its holder need not be on it', () => {
	const { zhao, sun, zhou } = council;
	const small = open(1, { voters: [zhao.member] });
	castFor(sun, zhao, give(zhao, sun, { poll: small }), 'approve', [], small);
	castFor(zhou, sun, give(sun, zhou, { poll: small }), 'approve', [], small);
	expect(counts(small)).toMatchObject({ eligible: 1, approve: 1 });
	expect(faults(small)).toEqual(['voter-not-on-roll']);
});

test('[POLL-17] a key that votes for itself and for a giver serves one member', () => {
	const { zhao, sun } = council;
	castFor(sun, zhao, give(zhao, sun));
	council.vote(sun, poll, 'approve');
	expect(faults()).toEqual([]);
	expect(counts().approve).toBe(2);
});
