import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { signReceipt } from '#core/polls/acts.ts';
import { checkNumbers } from '#core/polls/double-count.ts';
import { must } from '../../support/must.ts';
import { Council } from '../../support/council.ts';
import { changedCounts } from '../../support/member-counts.ts';

let council: Council;
let topic: TopicId;
let poll: PollId;
let ballots: readonly RecordId[];
beforeEach(() => {
	council = new Council();
	topic = council.topic();
	poll = council.poll(topic);
	const { convener, li, chen, zhao, sun } = council;
	ballots = [convener, li, chen, zhao].map((person) => council.vote(person, poll, 'approve'));
	ballots = [...ballots, council.vote(sun, poll, 'reject')];
});

const counts = () => council.count(poll).tally.counts;
const numbers = (close: RecordId) => {
	return checkNumbers(council.corner.standing, council.pollState(poll), council.closing(poll, close));
};

test('[POLL-11] an honest closing is recounted by anybody who holds the scope, and agrees', () => {
	const audit = council.audit(poll, council.close(poll));
	expect(audit).toMatchObject({ recount: 'agrees', defects: [], late: [], faulty: [], material: false });
	expect(audit.tally.counts.units).toMatchObject({ eligible: 7, present: 5, approve: 4, reject: 1, notVoted: 2 });
	expect(audit.decision.outcome).toBe('passed');
});

test('[POLL-11] declared counts that the ballots do not bear out are a defect, and the outcome stays as declared', () => {
	const close = council.close(poll, { declared: changedCounts(counts(), { approve: 2, reject: 3 }) });
	council.certify(close, council.li, council.chen);
	const audit = council.audit(poll, close);
	expect(audit).toMatchObject({ recount: 'differs', defects: ['declared-counts-differ'] });
	expect(audit.decision.outcome).toBe('passed');
	expect(council.closing(poll, close).decision.outcome).toBe('not-passed');
	expect(council.pollState(poll).status).toBe('certified');
});

test('[POLL-11] a list that names something unknown, or a ballot without weight, is a defect', () => {
	const unknown = 'ab'.repeat(32) as RecordId;
	expect(council.audit(poll, council.close(poll, { ids: [...ballots, unknown] })).defects).toContain(
		'lists-invalid-or-missing',
	);
	const small = council.poll(topic, 'R12-all', [council.sun.member]);
	const outside = council.vote(council.zhao, small, 'approve');
	const close = council.close(small, { ids: [outside] });
	expect(council.audit(small, close)).toMatchObject({ defects: ['lists-invalid-or-missing'], recount: 'agrees' });
	expect(council.audit(small, close).faulty).toMatchObject([{ id: outside, fault: 'voter-not-on-roll' }]);
});

test('[POLL-11] a ballot of another poll cannot be listed', () => {
	const other = council.poll(topic);
	const foreign = council.vote(council.zhou, other, 'reject');
	const audit = council.audit(poll, council.close(poll, { ids: [...ballots, foreign] }));
	expect(audit.defects).toEqual(['lists-invalid-or-missing']);
	expect(audit.tally.counts.units.reject).toBe(1);
});

test('[POLL-11] leaving out a ballot one has receipted is a defect; leaving out one that came later is none', () => {
	const { corner, convener } = council;
	const receipted = must(ballots.at(-1));
	corner.act(convener, (composer) => signReceipt(composer, poll, [receipted]));
	const declared = changedCounts(counts(), { reject: 0, present: 4, notVoted: 3 });
	const close = council.close(poll, { ids: ballots.slice(0, -1), declared });
	expect(council.audit(poll, close).defects).toEqual(['omits-receipted-ballot']);
	const teller = council.close(poll, { ids: ballots.slice(0, -1), declared }, council.li);
	expect(council.audit(poll, teller)).toMatchObject({ defects: [], late: [receipted] });
});

test('[POLL-11] a list that is not held here is a defect, until it comes', () => {
	const close = council.close(poll);
	council.corner.blobs.delete(council.closing(poll, close).list);
	expect(council.audit(poll, close).defects).toContain('blob-missing');
});

test('[POLL-11] counting only those present without an attendance is a defect', () => {
	const { attendance } = council.meeting(topic, [council.sun.member]);
	const held = council.poll(topic, 'R13');
	council.vote(council.sun, held, 'approve');
	expect(council.audit(held, council.close(held, { attendance })).defects).toEqual([]);
	expect(council.audit(held, council.close(held, {}, council.li)).defects).toContain('attendance-missing');
});

test('[POLL-11] closing twice without naming the first is a defect of both', () => {
	const [one, two] = [council.close(poll), council.close(poll)];
	for (const close of [one, two]) expect(council.audit(poll, close).defects).toEqual(['closer-closed-twice']);
	const three = council.close(poll, {}, council.li);
	expect(council.audit(poll, three).defects).toEqual([]);
});

test('[POLL-11] somebody counted by hand and by phone is a defect until it is repaired', () => {
	const { li, chen, ma, zhao } = council;
	council.cosign(chen, council.hands(li, poll, [ma, zhao.member], { approve: 2 }), 'count', poll);
	expect(council.audit(poll, council.close(poll)).defects).toEqual(['counted-by-hand-and-device']);
});

test('[POLL-12] a ballot after the closing is late; it is material when it would change the outcome', () => {
	const close = council.close(poll);
	const late = council.vote(council.zhou, poll, 'reject');
	expect(council.audit(poll, close)).toMatchObject({ late: [late], material: false, defects: [], recount: 'agrees' });
	const [one, two] = ballots;
	council.vote(council.convener, poll, 'reject', [must(one)]);
	council.vote(council.li, poll, 'reject', [must(two)]);
	const audit = council.audit(poll, close);
	expect(audit.late).toHaveLength(3);
	expect(audit).toMatchObject({ material: true, recount: 'agrees', defects: [] });
	expect(audit.decision.outcome).toBe('passed');
});

test('[POLL-12] ballots of absent members are material when they would change the outcome', () => {
	const { zhao, sun, zhou, li, chen, convener } = council;
	const present = [convener, li, chen, zhao, sun].map(({ member }) => member);
	const { attendance } = council.meeting(topic, present);
	const held = council.poll(topic, 'R12-present');
	for (const person of [convener, li, chen]) council.vote(person, held, 'approve');
	for (const person of [zhao, sun]) council.vote(person, held, 'reject');
	council.vote(zhou, held, 'reject');
	const audit = council.audit(held, council.close(held, { attendance }));
	expect(audit.decision.outcome).toBe('passed');
	expect(audit.faulty).toMatchObject([{ fault: 'voter-absent', voter: zhou.member }]);
	expect(audit.material).toBe(true);
});

test('[POLL-11] a hand count that the closing does not list neither replaces nor voids one that it lists', () => {
	const { li, chen, ma, zhou } = council;
	const listed = council.hands(li, poll, [ma], { approve: 1 });
	council.cosign(chen, listed, 'count', poll);
	const close = council.close(poll);
	council.certify(close, li, chen);
	const replacing = council.hands(li, poll, [ma], { reject: 1 }, [listed]);
	const overlapping = council.hands(li, poll, [ma, zhou.member], { reject: 2 });
	for (const hands of [replacing, overlapping]) council.cosign(chen, hands, 'count', poll);
	const audit = council.audit(poll, close);
	expect(audit).toMatchObject({ recount: 'agrees', defects: [] });
	expect(audit.tally.counts.units.approve).toBe(5);
	expect(audit.faulty.map(({ id }) => id)).not.toContain(listed);
});

test('[POLL-11] a correction may list a hand count beside the one it replaces', () => {
	const { li, chen, ma } = council;
	const wrong = council.hands(li, poll, [ma], { approve: 1 });
	council.cosign(chen, wrong, 'count', poll);
	const one = council.close(poll);
	const right = council.hands(li, poll, [ma], { reject: 1 }, [wrong]);
	council.cosign(chen, right, 'count', poll);
	const two = council.close(poll, { supersedes: one, ids: [...ballots, wrong, right] });
	expect(council.audit(poll, two)).toMatchObject({ recount: 'agrees', defects: [] });
	expect(council.audit(poll, two).tally.counts.units).toMatchObject({ approve: 4, reject: 2 });
});

test('[POLL-10] before numbers are shown both counts are made, and what is still on the way is said', () => {
	const close = council.close(poll);
	expect(numbers(close)).toBe('sound');
	const waiting = council.close(poll, { ids: [...ballots, 'ab'.repeat(32) as RecordId] });
	expect(numbers(waiting)).toBe('incomplete');
	expect(numbers(council.close(poll, { declared: changedCounts(counts(), { notVoted: 99 }) }))).toBe('broken');
});

test('[FOLD-1] ballots change nothing in structure: a device without them has the same state', () => {
	const { ledger, blob } = council.corner;
	const before = stateHash(foldLedger(ledger, blob));
	council.vote(council.zhou, poll, 'reject');
	council.hands(council.li, poll, [council.ma], { approve: 1 });
	expect(stateHash(foldLedger(ledger, blob))).toBe(before);
	council.close(poll);
	expect(stateHash(foldLedger(ledger, blob))).not.toBe(before);
});
