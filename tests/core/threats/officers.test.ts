import { expect, test } from 'vitest';
import type { MemberId } from '#core/kernel/ids.ts';
import { addPlace } from '#core/places/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { objectTo, sealStation } from '#core/polls/acts.ts';
import { decodeRoll } from '#core/polls/roll.ts';
import { addWithoutDevice, admitNewcomer, grantRole } from '#core/roster/acts.ts';
import { addDeviceOfMember } from '#core/roster/device-acts.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';
import { holderOf } from '../../support/offering.ts';

const MALICE = { cuts: [], reason: 'misuse' } as const;

test('[THREAT-6] malicious revocation after certification, of the registrar who admitted the voters: the closing keeps its own view', () => {
	const council = new Council('threat-registrar');
	const registrar = council.corner.welcome('郑登记', '1号楼', 'registrar');
	const qian = admittedBy(council, registrar, '钱新来');
	const poll = council.poll(council.topic());
	for (const person of [...council.everybody, qian]) council.vote(person, poll, 'approve');
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	const [standing, audit] = [council.pollState(poll).standing, council.audit(poll, close)];
	revoke(council, registrar);
	expect(council.corner.roster.members.has(qian.member)).toBe(false);
	expect(council.pollState(poll).standing).toEqual(standing);
	expect(council.audit(poll, close)).toEqual(audit);
	expect(audit.tally.counts.units.approve).toBe(7);
});

test('[THREAT-7] a closing ignores the known revocation of stolen teller keys: certified in its view, disputed, never silent', () => {
	const council = new Council('threat-tellers');
	const { corner, convener, li, chen } = council;
	const poll = council.poll(council.topic());
	for (const person of council.everybody) council.vote(person, poll, 'approve');
	const stolen = corner.authorityOf(li);
	revoke(council, li);
	const honest = must(corner.ledger.find(council.close(poll), 'poll.close'));
	expect(honest.body.revs).toHaveLength(1);
	const close = corner.act(convener, (composer) => composer.add('poll.close', { ...honest.body, revs: [] }));
	corner.actUnder(li.device, stolen, (composer) => composer.add('cosign', { target: close, kind: 'certify' }));
	council.certify(close, chen);
	expect(council.pollState(poll)).toMatchObject({ status: 'certified', standing: { id: close, disputed: true } });
	corner.actUnder(li.device, stolen, (composer) => composer.add('cosign', { target: honest.id, kind: 'certify' }));
	council.certify(honest.id, chen);
	expect(council.closing(poll, honest.id)).toMatchObject({ certified: false, certifiers: [chen.member] });
});

test('[THREAT-8] a station’s seal is left out: a defect unless its absence is excused by name, and shown in either case', () => {
	const council = new Council('threat-seal');
	const { corner, zhao, sun, zhou } = council;
	const poll = council.poll(council.topic(), 'R12-all', undefined, undefined, { stations: [sun.member] });
	const ballot = council.vote(zhao, poll, 'approve');
	const seal = corner.act(sun, (composer) => sealStation(composer, poll, sun.member, [ballot]));
	council.cosign(zhou, seal, 'seal', poll);
	const { counts } = council.count(poll).tally;
	const without = [[sun.member, '停电']] as const;

	const [silent, excused] = [council.close(poll), council.close(poll, { without }, council.li)];
	expect(council.audit(poll, silent)).toMatchObject({ uncited: [seal] });
	expect(council.audit(poll, silent).defects).toContain('station-unaccounted');
	expect(council.audit(poll, excused)).toMatchObject({ uncited: [seal], defects: [] });
	const omitting = council.close(poll, { ids: [], declared: counts, seals: [seal] }, council.chen);
	expect(council.audit(poll, omitting).defects).toContain('omits-sealed-ballot');
	expect(council.audit(poll, omitting)).toMatchObject({ late: [ballot], uncited: [] });
});

test('[THREAT-9] an officer adds his own key to a member and votes as him: without weight where the member has a phone, listed where he has none', () => {
	const council = new Council('threat-key');
	const { corner, zhao } = council;
	const registrar = corner.welcome('郑登记', '1号楼', 'registrar');
	const as = corner.grantOf('registrar', registrar);
	const card = { name: '高奶奶', building: '4号楼' };
	const gao = corner.act(registrar, (composer) => addWithoutDevice(composer, as, card, corner.salt('高奶奶')));
	const poll = council.poll(council.topic());
	const [, forGao] = [zhao.member, gao].map((member) => {
		const { device, add } = keyAddedBy(council, registrar, member);
		return corner.actUnder(device, add, (composer) => castBallot(composer, poll, 'approve', []));
	});
	council.vote(zhao, poll, 'reject');
	const audit = council.audit(poll, council.close(poll));
	expect(audit.tally.verdicts.get(zhao.member)).toMatchObject({ choice: 'reject' });
	expect(audit.tally.counts.units).toMatchObject({ approve: 1, reject: 1 });
	expect(audit.newDevice).toEqual([forGao]);
});

test('[THREAT-10] sybil members by a delegate: they reach a roll only if the convener puts them on it, and the roll is public', () => {
	const council = new Council('threat-sybils');
	const { corner, convener, as, zhou } = council;
	const courtyard = corner.act(convener, (composer) => addPlace(composer, as, { kind: 'courtyard', name: '1号院' }));
	corner.act(convener, (composer) => grantRole(composer, as, zhou.member, 'delegate', courtyard));
	const voters = [...corner.roster.members.keys()];
	const sybils = Array.from({ length: 8 }, (_, index) => admittedBy(council, zhou, `无此人${index}`, courtyard));
	const poll = council.poll(council.topic(), 'R12-all', voters);
	for (const sybil of sybils) council.vote(sybil, poll, 'approve');

	expect(holderOf(corner).ledger.size).toBe(corner.ledger.size);
	const { box, tally } = council.count(poll);
	expect(box.faulty.map(({ voter, fault }) => [voter, fault])).toEqual(
		sybils.map(({ member }) => [member, 'voter-not-on-roll']),
	);
	expect(tally.counts.units).toMatchObject({ eligible: voters.length, approve: 0 });
	const opened = must(corner.ledger.find(poll, 'poll.open'));
	expect(decodeRoll(corner.blob(opened.body.roll))?.flatMap(({ members }) => members)).toEqual([...voters].sort());
});

test('[THREAT-11] a late objection un-closes what was closed: it is listed beside the closing, which stands as it was', () => {
	const council = new Council('threat-objection');
	const { corner, zhou } = council;
	const poll = council.poll(council.topic());
	for (const person of council.everybody.slice(0, 5)) council.vote(person, poll, 'approve');
	const close = council.close(poll);
	council.certify(close, council.li, council.chen);
	const before = council.pollState(poll);
	const ballot = council.vote(zhou, poll, 'reject');
	const id = corner.act(zhou, (composer) => objectTo(composer, close, ballot));
	expect(holderOf(corner).ledger.has(id)).toBe(true);
	const objections = [{ id, member: zhou.member, ballot }];
	const standing = { ...must(before.standing), objections };
	expect(council.pollState(poll)).toEqual({ ...before, closings: [standing], standing });
});

/** Ended from the first rank, and nothing of it spared. */
function revoke({ corner, convener }: Council, person: Person): void {
	const target = corner.authorityOf(person);
	corner.act(convener, (composer) =>
		endRight(composer, { under: 'founder', needsQuorum: false }, { type: 'device.revoke', target, ...MALICE }),
	);
}

function admittedBy({ corner }: Council, officer: Person, name: string, courtyard?: string): Person {
	const device = corner.deviceFor(name);
	const join = must(corner.ledger.find(corner.join(name, '1号楼', device), 'join'));
	const newcomer = must(corner.roster.newcomers.find(({ key }) => key === device.key));
	const as = corner.grantOf(courtyard === undefined ? 'registrar' : 'delegate', officer);
	const home = courtyard === undefined ? {} : { courtyard: courtyard as MemberId };
	const member = corner.act(officer, (composer) => admitNewcomer(composer, as, newcomer, join.body.pop, home));
	return { name, device, member };
}

/** A phone of the officer's own, which he brings in as that member's. */
function keyAddedBy({ corner }: Council, officer: Person, member: MemberId) {
	const device = corner.deviceFor(`冒充 ${member}`);
	const join = must(corner.ledger.find(corner.join('冒充', '1号楼', device), 'join'));
	const newcomer = must(corner.roster.newcomers.find(({ key }) => key === device.key));
	const as = corner.grantOf('registrar', officer);
	const add = corner.act(officer, (composer) => addDeviceOfMember(composer, as, member, newcomer, join.body.pop));
	return { device, add };
}
