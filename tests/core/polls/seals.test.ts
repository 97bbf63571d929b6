import { beforeEach, expect, test } from 'vitest';
import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { enterPaper, sealStation, signReceipt, type ClosingPlan } from '#core/polls/acts.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { auditClosing } from '#core/polls/audit.ts';
import { foldPolls } from '#core/polls/reducer.ts';
import { countAnew } from '#core/polls/correcting.ts';
import { mayCountersignSeal, maySeal } from '#core/polls/witness-rules.ts';
import { Standing } from '#core/validity/standing.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';
import { changedCounts } from '../../support/member-counts.ts';
import { must } from '../../support/must.ts';

let council: Council;
let topic: TopicId;
let poll: PollId;
let cast: readonly RecordId[];
beforeEach(() => {
	council = new Council('seals');
	topic = council.topic();
	poll = open([council.sun.member]);
	cast = [council.zhao, council.zhou].map((person) => council.vote(person, poll, 'approve'));
});

const open = (stations: readonly MemberId[]) => council.poll(topic, 'R12-all', undefined, undefined, { stations });
const seal = (station: Person, ids: readonly RecordId[], id = poll) =>
	council.corner.act(station, (composer) => sealStation(composer, id, station.member, ids));
const sealed = (station: Person, ids: readonly RecordId[], by = council.chen, id = poll) => {
	const one = seal(station, ids, id);
	council.cosign(by, one, 'seal', id);
	return one;
};
const defects = (close: RecordId, id = poll) => council.audit(id, close).defects;
const code = (result: { ok: boolean; error?: unknown }) => (result.ok ? 'ok' : result.error);

/** What an honest closer writes who leaves these out. */
function closeWithout(left: readonly RecordId[], plan: Parameters<Council['close']>[1] = {}, closer?: Person) {
	const ids = council.count(poll).ids.filter((id) => !left.includes(id));
	const of = council.count(poll).tally.counts.units;
	const [approve, present] = [of.approve - left.length, of.present - left.length];
	const declared = changedCounts(council.count(poll).tally.counts, {
		approve,
		present,
		notVoted: of.eligible - present,
	});
	return council.close(poll, { ids, declared, ...plan }, closer);
}

test('[POLL-21] a station’s seal, countersigned and cited, makes a sound closing', () => {
	const seals = [sealed(council.sun, cast)];
	const close = council.close(poll, { seals });
	expect(council.audit(poll, close)).toMatchObject({ recount: 'agrees', defects: [], uncited: [], lateSealed: [] });
});

test('[POLL-21] a seal that nobody, or only its own witness, countersigned is none', () => {
	const { sun } = council;
	const alone = seal(sun, cast);
	for (const signer of [sun, council.secondPhone(sun)]) council.cosign(signer, alone, 'seal', poll);
	council.cosign(council.chen, alone, 'count', poll);
	const close = council.close(poll, { seals: [alone] });
	expect(defects(close)).toEqual(['seal-missing', 'station-unaccounted']);
	council.cosign(council.zhao, alone, 'seal', poll);
	expect(defects(close)).toEqual([]);
});

test('[POLL-24] a station that is neither sealed nor excused is a defect; excused with a reason it is none', () => {
	const { sun } = council;
	expect(defects(council.close(poll))).toEqual(['station-unaccounted']);
	const excused = council.close(poll, { without: [[sun.member, '停电']] }, council.li);
	expect(defects(excused)).toEqual([]);
	expect(council.closing(poll, excused).without).toEqual([[sun.member, '停电']]);
});

test('[POLL-24] each station needs a seal of its own', () => {
	const { sun, zhou } = council;
	poll = open([sun.member, zhou.member]);
	const own = sealed(sun, []);
	expect(defects(council.close(poll, { seals: [own] }))).toEqual(['station-unaccounted']);
	const both = [own, sealed(zhou, [])];
	expect(defects(council.close(poll, { seals: both }, council.li))).toEqual([]);
});

test('[POLL-21] a seal that stands and is not cited is shown, with what it held and the closing lacks', () => {
	const { sun, li } = council;
	const uncited = sealed(sun, cast);
	const [kept, left] = [must(cast[0]), must(cast[1])];
	const close = closeWithout([left], { without: [[sun.member, '没有来']] }, li);
	const audit = council.audit(poll, close);
	expect(audit).toMatchObject({ uncited: [uncited], late: [left], lateSealed: [left], defects: [] });
	expect(audit.late).not.toContain(kept);
});

test('[POLL-24] leaving out a ballot of a seal that one cites is a defect', () => {
	const seals = [sealed(council.sun, cast)];
	const close = closeWithout([must(cast[1])], { seals });
	expect(defects(close)).toEqual(['omits-sealed-ballot']);
	const close2 = council.close(poll, { seals }, council.li);
	expect(defects(close2)).toEqual([]);
});

test('[POLL-24] a sealed ballot that has no weight need not be listed', () => {
	const small = council.poll(topic, 'R12-all', [council.zhao.member], undefined, { stations: [council.sun.member] });
	const outside = council.vote(council.zhou, small, 'approve');
	const seals = [sealed(council.sun, [outside], council.chen, small)];
	expect(defects(council.close(small, { seals }), small)).toEqual([]);
});

test('[POLL-24] a seal whose list is not held here is a defect, until it comes', () => {
	const { corner, sun } = council;
	const one = sealed(sun, cast.slice(0, 1));
	const close = council.close(poll, { seals: [one] });
	const { list } = must(corner.ledger.find(one, 'seal')).body;
	const bytes = must(corner.blobs.get(list));
	corner.blobs.delete(list);
	expect(defects(close)).toEqual(['blob-missing']);
	corner.blobs.set(list, bytes);
	expect(defects(close)).toEqual([]);
});

test('[POLL-24] without the list of devices nobody can tell new ones, which is a defect until it comes', () => {
	const close = council.close(poll, { without: [[council.sun.member, '停电']] });
	council.corner.blobs.delete(must(council.corner.ledger.find(poll, 'poll.open')).body.devices);
	expect(defects(close)).toEqual(['blob-missing']);
});

test('[POLL-24] others’ receipts bind no closer, the closer’s own do', () => {
	const { sun, zhao, convener, corner } = council;
	const left = must(cast[1]);
	corner.act(zhao, (composer) => signReceipt(composer, poll, [left]));
	const close = closeWithout([left], { without: [[sun.member, '停电']] });
	expect(defects(close)).toEqual([]);
	corner.act(convener, (composer) => signReceipt(composer, poll, [left]));
	expect(defects(close)).toEqual(['omits-receipted-ballot']);
});

test('[POLL-24] whoever holds the scope finds the same, in whatever order it came', () => {
	const close = closeWithout([must(cast[1])], { seals: [sealed(council.sun, cast)] });
	const other = new Ledger();
	for (const record of [...council.corner.records].reverse()) other.add(record);
	const standing = new Standing(other, council.corner.blob);
	const held = must(foldPolls(standing).get(poll));
	expect(auditClosing(standing, held, must(held.standing ?? held.closings[0]))).toEqual(council.audit(poll, close));
});

/** Corrects the latest closing: the same list, with and without these, and what it comes to. Answers the defects. */
function corrected(added: readonly RecordId[], left: readonly RecordId[] = []): readonly string[] {
	const ids = [...cast, ...added].filter((id) => !left.includes(id));
	const seals = council.corner.ledger.citing(poll, 'seal').map(({ id }) => id);
	const correct = (more: Partial<ClosingPlan>) =>
		council.close(poll, { ids, seals, supersedes: must(council.pollState(poll).closings.at(-1)).id, ...more });
	return defects(correct({ declared: council.audit(poll, correct({})).tally.counts }));
}

test('[POLL-13] a correction adds what a station sealed, and nothing that came after the count was known', () => {
	const { sun, convener } = council;
	council.close(poll, { seals: [sealed(sun, cast)] });
	const after = council.vote(convener, poll, 'reject');
	expect(corrected([after])).toEqual(['corrects-too-much']);
	sealed(sun, [...cast, after]);
	expect(corrected([after])).toEqual([]);
});

test('[POLL-13] a correction adds what resolves a conflict, and no change of mind', () => {
	const { sun, zhao } = council;
	const tablet = council.secondPhone(zhao);
	cast = [...cast, council.vote(tablet, poll, 'reject')];
	council.close(poll, { seals: [sealed(sun, cast)] });
	const [one, other, second] = [must(cast[0]), must(cast[1]), must(cast[2])];
	const resolving = council.vote(tablet, poll, 'reject', [one, second]);
	const otherMind = council.vote(council.zhou, poll, 'reject', [other]);
	expect(corrected([resolving])).toEqual([]);
	expect(corrected([otherMind])).toEqual(['corrects-too-much']);
});

test('[POLL-13] a correction adds a hand count in place of another, and no other', () => {
	const { sun, li, chen, ma, convener } = council;
	const wrong = council.hands(li, poll, [ma], { approve: 1 });
	council.cosign(chen, wrong, 'count', poll);
	cast = [...cast, wrong];
	council.close(poll, { seals: [sealed(sun, cast)] });
	const right = council.hands(li, poll, [ma], { reject: 1 }, [wrong]);
	const further = council.hands(li, poll, [convener.member], { reject: 1 });
	for (const hands of [right, further]) council.cosign(chen, hands, 'count', poll);
	expect(corrected([right])).toEqual([]);
	const last = council.hands(li, poll, [ma], { abstain: 1 }, [right]);
	council.cosign(chen, last, 'count', poll);
	expect(corrected([last], [wrong])).toEqual([]);
	expect(corrected([further])).toEqual(['corrects-too-much']);
});

test('[POLL-13] a correction leaves out nothing that was listed and still counts', () => {
	const { sun } = council;
	council.close(poll, { without: [[sun.member, '停电']] });
	sealed(sun, []);
	expect(corrected([], [must(cast[0])])).toEqual(['corrects-too-much']);
	expect(corrected([])).toEqual([]);
});

test('[POLL-13] what came after the count was known takes nothing out of a correction', () => {
	const { sun, li, chen, ma, convener, corner } = council;
	const counted = council.hands(li, poll, [ma], { approve: 1 });
	council.cosign(chen, counted, 'count', poll);
	cast = [...cast, counted];
	const first = council.close(poll, { seals: [sealed(sun, cast)] });
	const overlapping = council.hands(li, poll, [ma, convener.member], { reject: 2 });
	council.cosign(chen, overlapping, 'count', poll);
	const { ids } = countAnew(corner.standing, council.pollState(poll), council.closing(poll, first), undefined);
	expect([...ids].sort()).toEqual([...cast].sort());
	expect(corrected([])).toEqual([]);
	expect(corrected([], [counted])).toEqual(['corrects-too-much']);
});

test('[POLL-13] a correction of a correction is held to what the first closing listed', () => {
	const { sun, convener } = council;
	const seals = [sealed(sun, cast)];
	const first = council.close(poll, { seals });
	const after = council.vote(convener, poll, 'reject');
	const second = council.close(poll, { seals, supersedes: first });
	expect(defects(second)).toEqual(['corrects-too-much']);
	const third = council.close(poll, { seals, supersedes: second });
	expect(defects(third)).toEqual(['corrects-too-much']);
	const { declared } = council.closing(poll, first);
	const repaired = council.close(poll, { seals, supersedes: third, ids: cast, declared });
	expect(defects(repaired)).toEqual([]);
	expect(council.audit(poll, repaired).late).toEqual([after]);
});

test('[POLL-13] where nobody was named to seal, whatever may be counted may be added', () => {
	poll = open([]);
	const first = council.close(poll);
	council.vote(council.convener, poll, 'reject');
	expect(defects(council.close(poll, { supersedes: first }))).toEqual([]);
});

test('[POLL-13] what a closer is offered to list anew is what a correction may list', () => {
	const { sun, convener, corner } = council;
	const first = council.close(poll, { seals: [sealed(sun, cast)] });
	const after = council.vote(convener, poll, 'reject');
	const offered = () => countAnew(corner.standing, council.pollState(poll), council.closing(poll, first), undefined);
	expect([...offered().ids].sort()).toEqual([...cast].sort());
	expect(offered().tally.counts.units).toMatchObject({ approve: 2, reject: 0 });
	sealed(sun, [...cast, after]);
	expect([...offered().ids].sort()).toEqual([...cast, after].sort());
});

test('[POLL-21] only the witness of a station seals, until the poll is certified, and another countersigns', () => {
	const { sun, zhao, li, chen } = council;
	const may = (person: Person) => code(maySeal(council.pollState(poll), person.member));
	const mayCosign = (person: Person) => code(mayCountersignSeal(council.pollState(poll), sun.member, person.member));
	expect([may(sun), may(zhao), mayCosign(zhao), mayCosign(sun)]).toEqual([
		'ok',
		'not-a-station',
		'ok',
		'not-permitted',
	]);
	const close = council.close(poll, { seals: [sealed(sun, cast)] });
	expect(may(sun)).toBe('ok');
	council.certify(close, li, chen);
	expect([may(sun), mayCosign(zhao)]).toEqual(['poll-certified', 'poll-certified']);
});

test('[POLL-24] a paper that is sealed counts like everything else in the seal', () => {
	const { li, chen, ma, sun } = council;
	const paper = council.corner.act(li, (composer) =>
		enterPaper(composer, poll, { voter: ma, choice: 'approve', serial: '0001', replaces: [] }),
	);
	council.cosign(chen, paper, 'paper', poll);
	const seals = [sealed(sun, [...cast, paper])];
	expect(defects(closeWithout([paper], { seals }))).toEqual(['omits-sealed-ballot']);
});
