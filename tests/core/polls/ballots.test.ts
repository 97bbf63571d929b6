import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { castBallot } from '#core/polls/casting.ts';
import { must } from '../../support/must.ts';
import { Council } from '../../support/council.ts';

let council: Council;
let topic: TopicId;
let poll: PollId;
beforeEach(() => {
	council = new Council();
	topic = council.topic();
	poll = council.poll(topic);
});

const faults = () => council.count(poll).box.faulty.map(({ fault }) => fault);
const counts = () => council.count(poll).tally.counts.units;

test('[POLL-8] two phones of one voter that say the same count once', () => {
	const { zhao } = council;
	council.vote(zhao, poll, 'approve');
	council.vote(council.secondPhone(zhao), poll, 'approve');
	expect(counts()).toMatchObject({ approve: 1, spoiled: 0, notVoted: 6 });
	expect(council.count(poll).tally.conflicts).toEqual([]);
});

test('[POLL-8] two phones of one voter that differ are void and listed, until one ballot replaces both', () => {
	const { zhao } = council;
	const one = council.vote(zhao, poll, 'approve');
	const tablet = council.secondPhone(zhao);
	const two = council.vote(tablet, poll, 'reject');
	expect(counts()).toMatchObject({ approve: 0, reject: 0, spoiled: 1 });
	expect(council.count(poll).tally.conflicts).toEqual([zhao.member]);
	council.vote(tablet, poll, 'reject', [one, two]);
	expect(counts()).toMatchObject({ approve: 0, reject: 1, spoiled: 0 });
	expect(council.count(poll).tally.conflicts).toEqual([]);
});

test('[POLL-8] a ballot that replaces an earlier one of the same voter stands alone; one that does not conflicts', () => {
	const first = council.vote(council.zhao, poll, 'approve');
	council.vote(council.zhao, poll, 'abstain', [first]);
	expect(counts()).toMatchObject({ approve: 0, abstain: 1, spoiled: 0 });
	council.vote(council.zhao, poll, 'reject');
	expect(counts()).toMatchObject({ abstain: 0, reject: 0, spoiled: 1 });
});

test('[POLL-8] naming another voter’s ballot as replaced has no effect', () => {
	const theirs = council.vote(council.zhao, poll, 'approve');
	council.vote(council.sun, poll, 'reject', [theirs]);
	expect(counts()).toMatchObject({ approve: 1, reject: 1, spoiled: 0 });
});

test('[POLL-9] whoever is not on the roll is not counted, with the reason', () => {
	const { zhao, sun } = council;
	const small = council.poll(topic, 'R12-all', [sun.member]);
	council.vote(zhao, small, 'approve');
	council.vote(sun, small, 'approve');
	const { tally, box } = council.count(small);
	expect(tally.counts.units).toMatchObject({ eligible: 1, approve: 1 });
	expect(box.faulty).toMatchObject([{ voter: zhao.member, fault: 'voter-not-on-roll' }]);
});

test('[POLL-9] where only those present count, a ballot of somebody absent is listed as such', () => {
	const { zhao, sun } = council;
	const { attendance } = council.meeting(topic, [sun.member]);
	const held = council.poll(topic, 'R12-present');
	council.vote(zhao, held, 'approve');
	council.vote(sun, held, 'reject');
	const { tally, box } = council.count(held, attendance);
	expect(tally.counts.units).toMatchObject({ eligible: 7, present: 1, approve: 0, reject: 1, notVoted: 0 });
	expect(box.faulty).toMatchObject([{ voter: zhao.member, fault: 'voter-absent' }]);
});

test('[POLL-9] where only those present count and no attendance is cited, nobody does', () => {
	const held = council.poll(topic, 'R13');
	council.vote(council.zhao, held, 'approve');
	expect(council.count(held).tally.counts.units).toMatchObject({ present: 0, approve: 0, notVoted: 0 });
});

/** A convener adds Zhao's key to Sun as well. Answers the `device.add`. */
function addKeyToSun(): RecordId {
	const { zhao, sun, corner, convener } = council;
	const via = must(corner.ledger.ofType('join').find(({ body }) => body.key === zhao.device.key));
	const { key, pop } = via.body;
	const as = must(council.as);
	return corner.act(convener, (composer) =>
		composer.add('device.add', { as, member: sun.member, key, via: via.id, pop }),
	);
}

test('[POLL-9] that an officer adds a voter’s key to a second member voids nothing', () => {
	council.vote(council.zhao, poll, 'approve');
	addKeyToSun();
	expect(faults()).toEqual([]);
	expect(counts()).toMatchObject({ approve: 1 });
});

test('[POLL-9] a key that votes for two voters votes for nobody', () => {
	const { zhao, corner } = council;
	const own = corner.authorityOf(zhao);
	const added = addKeyToSun();
	for (const auth of [own, added])
		corner.actUnder(zhao.device, auth, (composer) => castBallot(composer, poll, 'approve', []));
	expect(faults()).toEqual(['key-serves-two', 'key-serves-two']);
	expect(counts()).toMatchObject({ approve: 0, notVoted: 7 });
});

test('[POLL-9] a hand count stands once another teller of the poll has countersigned it', () => {
	const { li, chen, ma, zhao } = council;
	const hands = council.hands(li, poll, [ma, zhao.member], { approve: 1, reject: 1 });
	expect(faults()).toEqual(['not-cosigned']);
	council.cosign(li, hands, 'count', poll);
	council.cosign(zhao, hands, 'count', poll);
	council.cosign(chen, hands, 'approve', poll);
	expect(faults()).toEqual(['not-cosigned']);
	council.cosign(chen, hands, 'count', poll);
	expect(faults()).toEqual([]);
	expect(counts()).toMatchObject({ approve: 1, reject: 1, notVoted: 5 });
});

test('[POLL-9] a hand count whose numbers are not its voters, or whose voters are not on the roll, has no weight', () => {
	const { li, chen, ma, zhao, sun } = council;
	const signed = (...rest: Parameters<Council['hands']>) =>
		council.cosign(chen, council.hands(...rest), 'count', rest[1]);
	signed(li, poll, [ma], { approve: 2 });
	signed(li, poll, [ma], {});
	expect(faults()).toEqual(['hand-count-invalid', 'hand-count-invalid']);
	const small = council.poll(topic, 'R12-all', [sun.member]);
	signed(li, small, [zhao.member], { approve: 1 });
	expect(council.count(small).box.faulty).toMatchObject([{ fault: 'voter-not-on-roll' }]);
});

test('[POLL-9] a hand count with somebody absent has no weight where only those present count', () => {
	const { li, chen, ma, sun } = council;
	const { attendance } = council.meeting(topic, [sun.member]);
	const held = council.poll(topic, 'R12-present');
	council.cosign(chen, council.hands(li, held, [ma, sun.member], { approve: 2 }), 'count', held);
	expect(council.count(held, attendance).box.faulty).toMatchObject([{ fault: 'voter-absent' }]);
});

test('[POLL-9] two hand counts that share a voter are both void; one that replaces the other stands', () => {
	const { li, chen, ma, zhao, sun } = council;
	const one = council.hands(li, poll, [ma, zhao.member], { approve: 2 });
	const two = council.hands(li, poll, [ma, sun.member], { reject: 2 });
	for (const hands of [one, two]) council.cosign(chen, hands, 'count', poll);
	expect(faults()).toEqual(['voters-overlap', 'voters-overlap']);
	expect(counts()).toMatchObject({ approve: 0, reject: 0 });
	const three = council.hands(li, poll, [ma], { abstain: 1 }, [one, two]);
	expect(faults()).toContain('voters-overlap');
	council.cosign(chen, three, 'count', poll);
	expect(faults()).toEqual([]);
	expect(counts()).toMatchObject({ approve: 0, reject: 0, abstain: 1, notVoted: 6 });
});

test('[POLL-8] counted by hand and by phone: the phone’s ballot is void, the hand stands, both are named', () => {
	const { li, chen, ma, zhao } = council;
	council.vote(zhao, poll, 'reject');
	council.cosign(chen, council.hands(li, poll, [ma, zhao.member], { approve: 2 }), 'count', poll);
	expect(counts()).toMatchObject({ approve: 2, reject: 0, spoiled: 0 });
	expect(council.count(poll).tally.countedTwice).toEqual([zhao.member]);
});

test('[POLL-9] a hand count waits for the list of its voters', () => {
	const { li, chen, ma, corner } = council;
	const hands = council.hands(li, poll, [ma], { approve: 1 });
	council.cosign(chen, hands, 'count', poll);
	const blob = must(corner.ledger.find(hands, 'hand.count')).body.voters;
	const bytes = must(corner.blobs.get(blob));
	corner.blobs.delete(blob);
	expect(faults()).toEqual(['blob-missing']);
	corner.blobs.set(blob, bytes);
	expect(faults()).toEqual([]);
});
