import { beforeEach, expect, test } from 'vitest';
import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { castBallot } from '#core/polls/casting.ts';
import { enterPaper, type PaperEntry } from '#core/polls/acts.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

let council: Council;
let topic: TopicId;
let poll: PollId;
beforeEach(() => {
	council = new Council('papers');
	topic = council.topic();
	poll = council.poll(topic);
});

let serial = 0;
const enter = (teller: Person, voter: MemberId, entry: Partial<PaperEntry> = {}, id = poll): RecordId =>
	council.corner.act(teller, (composer) =>
		enterPaper(composer, id, { voter, choice: 'approve', serial: `${++serial}`, replaces: [], ...entry }),
	);
/** Entered by one teller and by the other. */
const paper = (voter: MemberId, entry: Partial<PaperEntry> = {}, id = poll): RecordId => {
	const entered = enter(council.li, voter, entry, id);
	council.cosign(council.chen, entered, 'paper', id);
	return entered;
};
const counts = (id = poll) => council.count(id).tally.counts.units;
const faults = (id = poll) => council.count(id).box.faulty.map(({ fault }) => fault);

test('[POLL-18] a paper counts once another teller has entered the same', () => {
	const { li, chen, zhao, ma } = council;
	const entered = enter(li, ma);
	expect(faults()).toEqual(['not-cosigned']);
	council.cosign(zhao, entered, 'paper', poll);
	council.cosign(chen, entered, 'count', poll);
	expect(faults()).toEqual(['not-cosigned']);
	council.cosign(chen, entered, 'paper', poll);
	expect(faults()).toEqual([]);
	expect(counts()).toMatchObject({ approve: 1, notVoted: 6 });
});

test('[POLL-18] a teller with two phones is not another teller', () => {
	const { li, ma } = council;
	const entered = enter(li, ma);
	for (const signer of [li, council.secondPhone(li)]) council.cosign(signer, entered, 'paper', poll);
	expect(faults()).toEqual(['not-cosigned']);
	expect(counts().approve).toBe(0);
});

test('[POLL-18] a paper and a phone that say the same count once', () => {
	const { zhao } = council;
	council.vote(zhao, poll, 'approve');
	paper(zhao.member);
	expect(counts()).toMatchObject({ approve: 1, spoiled: 0, notVoted: 6 });
});

test('[POLL-18] a paper and a phone that differ are void and listed, until one ballot replaces both', () => {
	const { zhao } = council;
	const phone = council.vote(zhao, poll, 'approve');
	const onPaper = paper(zhao.member, { choice: 'reject' });
	expect(counts()).toMatchObject({ approve: 0, reject: 0, spoiled: 1, notVoted: 6 });
	expect(council.count(poll).tally.conflicts).toEqual([zhao.member]);
	council.vote(zhao, poll, 'reject', [phone, onPaper]);
	expect(counts()).toMatchObject({ approve: 0, reject: 1, spoiled: 0 });
	expect(council.count(poll).tally.conflicts).toEqual([]);
});

test('[POLL-18] a ballot that replaces only one of the two leaves the conflict', () => {
	const { zhao } = council;
	const phone = council.vote(zhao, poll, 'approve');
	paper(zhao.member, { choice: 'reject' });
	council.vote(zhao, poll, 'abstain', [phone]);
	expect(council.count(poll).tally.conflicts).toEqual([zhao.member]);
});

test('[POLL-18] a conflict may be listed: the closing is sound, and says whose vote is void', () => {
	const { zhao, convener } = council;
	council.vote(convener, poll, 'approve');
	council.vote(zhao, poll, 'approve');
	paper(zhao.member, { choice: 'reject' });
	const audit = council.audit(poll, council.close(poll));
	expect(audit).toMatchObject({ recount: 'agrees', defects: [], tally: { conflicts: [zhao.member] } });
	expect(audit.tally.counts.units).toMatchObject({ present: 2, approve: 1, spoiled: 1 });
});

test('[POLL-18] a spoiled paper is a paper: handed in, and for nothing', () => {
	paper(council.ma, { choice: 'spoiled' });
	expect(counts()).toMatchObject({ present: 1, approve: 0, spoiled: 1, notVoted: 6 });
	expect(council.count(poll).tally.conflicts).toEqual([]);
});

test('[POLL-18] a paper entered wrong is replaced by another one of the same voter', () => {
	const { ma, zhao } = council;
	const wrong = paper(ma, { choice: 'reject' });
	const other = paper(zhao.member, { choice: 'reject' });
	paper(ma, { choice: 'approve', replaces: [wrong, other] });
	expect(counts()).toMatchObject({ approve: 1, reject: 1, spoiled: 0 });
});

test('[POLL-18] a paper nobody has countersigned replaces nothing', () => {
	const { ma, li } = council;
	const right = paper(ma, { choice: 'approve' });
	enter(li, ma, { choice: 'reject', replaces: [right] });
	expect(counts()).toMatchObject({ approve: 1, reject: 0 });
});

test('[POLL-18] a paper of somebody who is not on the roll, or not there, has no weight', () => {
	const { sun, zhao } = council;
	const small = council.poll(topic, 'R12-all', [sun.member]);
	paper(zhao.member, {}, small);
	expect(faults(small)).toEqual(['voter-not-on-roll']);
	const { attendance } = council.meeting(topic, [sun.member]);
	const held = council.poll(topic, 'R12-present');
	paper(zhao.member, {}, held);
	expect(council.count(held, attendance).box.faulty).toMatchObject([{ fault: 'voter-absent', voter: zhao.member }]);
});

test('[POLL-18] a paper beats what a proxy’s holder did, as everything that is the voter’s own', () => {
	const { zhao, sun, corner } = council;
	const id = council.poll(topic, 'R12-all', undefined, undefined, { settings: { proxies: 1 } });
	const proxy = corner.act(zhao, (composer) => composer.add('proxy.give', { to: sun.member, poll: id }));
	const byProxy = { voter: zhao.member, proxy };
	corner.act(sun, (composer) => castBallot(composer, id, { choice: 'approve', byProxy }, []));
	paper(zhao.member, { choice: 'reject' }, id);
	expect(counts(id)).toMatchObject({ approve: 0, reject: 1, spoiled: 0 });
});

test('[POLL-18] a paper names the unit where the voter is in several', () => {
	const { zhao } = council;
	const flat = (unit: string, area: number) => ({ unit, heads: 1, area, members: [zhao.member] });
	const voters = [flat('1-101', 8_850), flat('1-102', 6_000)];
	const id = council.poll(topic, 'R5', undefined, undefined, { voters });
	paper(zhao.member, {}, id);
	expect(faults(id)).toEqual(['unit-not-named']);
	paper(zhao.member, { unit: '1-102' }, id);
	expect(council.count(id).tally.counts.area).toMatchObject({ eligible: 14_850, approve: 6_000 });
});

/** A poll in which nobody may abstain. */
function withoutAbstaining(): PollId {
	const { corner, convener } = council;
	const { body } = must(corner.ledger.find(poll, 'poll.open'));
	const as = must(council.as);
	return corner.act(convener, (composer) => composer.add('poll.open', { ...body, as, options: ['approve', 'reject'] }));
}

test('[POLL-18] a paper says only what the poll offers', () => {
	const id = withoutAbstaining();
	paper(council.ma, { choice: 'abstain' }, id);
	expect(faults(id)).toEqual(['picks-invalid']);
	paper(council.ma, { choice: 'spoiled' }, id);
	expect(counts(id)).toMatchObject({ abstain: 0, spoiled: 1 });
});

test('[POLL-9] hands say only what the poll offers', () => {
	const { li, chen, ma, zhao } = council;
	const id = withoutAbstaining();
	council.cosign(chen, council.hands(li, id, [ma, zhao.member], { approve: 1, abstain: 1 }), 'count', id);
	expect(faults(id)).toEqual(['hand-count-invalid']);
	council.cosign(chen, council.hands(li, id, [ma, zhao.member], { approve: 1, spoiled: 1 }), 'count', id);
	expect(counts(id)).toMatchObject({ approve: 1, abstain: 0, spoiled: 1 });
});
