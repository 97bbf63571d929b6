import { beforeEach, expect, test } from 'vitest';
import type { PollId, TopicId } from '#core/kernel/ids.ts';
import { encodePayload, sealRecord } from '#core/ledger/record.ts';
import { auditClosing } from '#core/polls/audit.ts';
import { sealStation } from '#core/polls/acts.ts';
import { Standing } from '#core/validity/standing.ts';
import { Holder, Memory } from '../../support/admission.ts';
import { Council } from '../../support/council.ts';
import { forge, keep } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { verdictOn } from '../../support/offering.ts';
import { Replica, talk } from '../../support/replica.ts';

let council: Council;
let topic: TopicId;
let poll: PollId;
beforeEach(() => {
	council = new Council('threats');
	topic = council.topic();
	poll = council.poll(topic);
});

test('[THREAT-1] replay in another grid or poll: a ballot is taken in its own grid and counted in its own poll, and nowhere else', () => {
	const ballot = must(council.corner.ledger.find(council.vote(council.zhao, poll, 'approve'), 'ballot'));
	expect(new Holder(new Council('elsewhere').corner.grid).judge(ballot.wire)).toBe('other-grid');

	const next = council.poll(topic);
	const moved = encodePayload({ ...ballot, scope: next, body: { ...ballot.body, poll: next } });
	expect(verdictOn(council.corner, sealRecord(moved, ballot.signature))).toBe('signature-invalid');
	expect(council.count(next).ids).toEqual([]);
	const close = council.close(next, { ids: [ballot.id] });
	expect(council.audit(next, close).defects).toEqual(['lists-invalid-or-missing']);
	expect(council.audit(next, close).tally.counts.units.approve).toBe(0);
});

test('[THREAT-2] delete or overwrite: what a holder lost is named by the list and by its author’s chain, and comes back from whoever has it', () => {
	const { corner, zhao } = council;
	const first = council.vote(zhao, poll, 'reject');
	const second = council.vote(zhao, poll, 'approve', [first]);
	const close = council.close(poll);
	const memory = new Memory();
	const [whole, robbed] = [new Replica(corner.grid, memory, () => true), new Replica(corner.grid, memory, () => true)];
	whole.receive(corner.records.map(({ wire }) => wire));
	robbed.receive(corner.records.filter(({ id }) => id !== first).map(({ wire }) => wire));
	const auditOn = ({ ledger }: Replica) =>
		auditClosing(new Standing(ledger, corner.blob), council.pollState(poll), council.closing(poll, close));

	expect(auditOn(robbed).defects).toContain('lists-invalid-or-missing');
	expect(robbed.ledger.has(must(robbed.ledger.get(second)?.prev))).toBe(false);
	talk(robbed, whole);
	expect(auditOn(robbed)).toEqual(auditOn(whole));
	expect(auditOn(robbed).defects).toEqual([]);
});

test('[THREAT-3] backdating: a ballot of after the count that claims to be the oldest is taken, shown as late, and changes no count', () => {
	council.vote(council.zhao, poll, 'approve');
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	const before = council.audit(poll, close);
	const body = { poll, choice: 'reject', replaces: [] } as const;
	const wire = forge(council.corner, council.sun.device, 'ballot', body, { scope: poll, at: 0, lc: 0 });
	expect(verdictOn(council.corner, wire)).toBe('accept');
	const late = keep(council.corner, wire).id;
	expect(council.audit(poll, close)).toEqual({ ...before, late: [late] });
});

test('[THREAT-4] a relay withholds or splits the view: two devices see on any second path that they differ, and come to hold the same', () => {
	const { corner, zhao, sun } = council;
	const [approved, rejected] = [council.vote(zhao, poll, 'approve'), council.vote(sun, poll, 'reject')];
	const replaced = council.vote(zhao, poll, 'abstain', [approved]);
	const memory = new Memory();
	const shown = (...withheld: readonly string[]) => {
		const device = new Replica(corner.grid, memory, () => true);
		device.receive(corner.records.filter(({ id }) => !withheld.includes(id)).map(({ wire }) => wire));
		return device;
	};
	const [one, two] = [shown(rejected), shown(approved)];
	expect(one.greet(poll)).not.toEqual(two.greet(poll));
	expect(one.greet(null)).toEqual(two.greet(null));
	const gap = must(two.ledger.get(replaced)?.prev);
	expect([gap, two.ledger.has(gap)]).toEqual([approved, false]);
	talk(one, two);
	expect(one.greet(poll)).toEqual(two.greet(poll));
	expect(one.ledger.idsOf(poll)).toEqual(corner.ledger.idsOf(poll));
});

test('[THREAT-5] two tellers collude and stuff a seal after the end: no ballot of anybody else’s, and a paper that its voter sees and voids', () => {
	const { corner, li, chen, sun, zhou } = council;
	const voters = council.everybody.filter((person) => person !== sun).map(({ member }) => member);
	const sealed = council.poll(topic, 'R12-all', voters, undefined, { stations: [li.member] });
	const body = { poll: sealed, choice: 'approve', replaces: [] } as const;
	const auth = corner.authorityOf(zhou);
	expect(verdictOn(corner, forge(corner, li.device, 'ballot', body, { scope: sealed, auth }))).toBe(
		'key-not-authorized',
	);
	const by = zhou.device.key;
	expect(verdictOn(corner, forge(corner, li.device, 'ballot', body, { scope: sealed, auth, by }))).toBe(
		'signature-invalid',
	);

	const stranger = council.vote(sun, sealed, 'approve');
	const paper = corner.act(li, (composer) =>
		composer.add('paper.ballot', { ...body, voter: zhou.member, serial: '0007' }, sealed),
	);
	council.cosign(chen, paper, 'paper', sealed);
	const seal = corner.act(li, (composer) => sealStation(composer, sealed, li.member, [stranger, paper]));
	council.cosign(chen, seal, 'seal', sealed);
	const { tally, box } = council.count(sealed);
	expect(box.faulty).toMatchObject([{ id: stranger, fault: 'voter-not-on-roll' }]);
	expect([...tally.verdicts.keys()]).toEqual([zhou.member]);
	council.vote(zhou, sealed, 'reject');
	expect(council.count(sealed).tally).toMatchObject({ conflicts: [zhou.member], counts: { units: { approve: 0 } } });
});
