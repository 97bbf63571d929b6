import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { castBallot } from '#core/polls/casting.ts';
import { enterPaper, objectTo } from '#core/polls/acts.ts';
import type { Choice } from '#core/polls/records.ts';
import { mayObject } from '#core/polls/witness-rules.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import type { Capacity } from '#core/roster/ending-rules.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import type { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

let council: Council;
let topic: TopicId;
let poll: PollId;
beforeEach(() => {
	council = new Council('devices');
	topic = council.topic();
	poll = council.poll(topic);
});

const FOUNDER: Capacity = { under: 'founder', needsQuorum: false };
const revoke = (target: RecordId, type: 'device.revoke' | 'role.end' = 'device.revoke') =>
	council.corner.act(council.convener, (composer) =>
		endRight(composer, FOUNDER, { type, target, cuts: [], reason: 'misuse' }),
	);
/** A phone that joined by invitation and that somebody else than its member adds. Answers the `device.add`. */
function addedBy(author: Person, as: RecordId | undefined, member: Person, device: SeededKey): RecordId {
	const via = council.corner.join('新手机', '2号楼', device);
	const { pop } = must(council.corner.ledger.find(via, 'join')).body;
	const add = { member: member.member, key: device.key, via, pop, ...(as ? { as } : {}) };
	return council.corner.act(author, (composer) => composer.add('device.add', add));
}
const castUnder = (device: SeededKey, auth: RecordId, choice: Choice = 'approve', replaces: readonly RecordId[] = []) =>
	council.corner.actUnder(device, auth, (composer) => castBallot(composer, poll, choice, replaces));

test('[POLL-23] a ballot from a phone that the office added after the opening counts and is listed', () => {
	const { convener, zhao, corner } = council;
	const device = corner.deviceFor('赵秀英的新手机');
	const ballot = castUnder(device, addedBy(convener, council.as, zhao, device));
	const close = council.close(poll);
	expect(council.audit(poll, close)).toMatchObject({ newDevice: [ballot], recount: 'agrees', defects: [] });
	expect(council.audit(poll, close).tally.counts.units.approve).toBe(1);
});

test('[POLL-23] a phone that was there at the opening is not listed, whoever added it', () => {
	const { convener, zhao, corner } = council;
	const device = corner.deviceFor('赵秀英的新手机');
	const add = addedBy(convener, council.as, zhao, device);
	poll = council.poll(topic);
	castUnder(device, add);
	expect(council.audit(poll, council.close(poll)).newDevice).toEqual([]);
});

test('[POLL-23] a phone that its own member brought in later is not listed, nor is a paper', () => {
	const { zhao, li, chen, ma, corner } = council;
	council.vote(council.secondPhone(zhao), poll, 'approve');
	const entry = { voter: ma, choice: 'approve', serial: '1', replaces: [] } as const;
	const paper = corner.act(li, (composer) => enterPaper(composer, poll, entry));
	council.cosign(chen, paper, 'paper', poll);
	const audit = council.audit(poll, council.close(poll));
	expect(audit.newDevice).toEqual([]);
	expect(audit.tally.counts.units.approve).toBe(2);
});

test('[POLL-25] a ballot from a phone that never had a right is listed as void, without a name', () => {
	const { zhao, convener, corner } = council;
	const registrar = corner.welcome('郑登记', '1号楼', 'registrar');
	const device = corner.deviceFor('不是赵秀英的手机');
	const stolen = castUnder(device, addedBy(registrar, corner.grantOf('registrar', registrar), zhao, device));
	council.vote(convener, poll, 'approve');
	const close = council.close(poll);
	expect(council.audit(poll, close)).toMatchObject({
		...{ recount: 'agrees', defects: [], late: [], revoked: [], material: false },
		faulty: [{ id: stolen, voter: undefined, fault: 'author-without-right' }],
	});
	council.vote(zhao, poll, 'reject');
	expect(council.audit(poll, close).faulty.map(({ id }) => id)).toEqual([stolen]);
});

test('[POLL-23] a ballot void only through a revocation that the closing names is listed as revoked, and material', () => {
	const { zhao, convener, li, chen } = council;
	for (const person of [convener, li, chen]) council.vote(person, poll, 'approve');
	for (const person of [council.sun, council.zhou]) council.vote(person, poll, 'reject');
	const hers = council.vote(zhao, poll, 'approve');
	revoke(council.corner.authorityOf(zhao));
	const close = council.close(poll);
	const audit = council.audit(poll, close);
	expect(audit).toMatchObject({ revoked: [hers], recount: 'agrees', defects: [], faulty: [], material: true });
	expect(audit.decision.outcome).toBe('not-passed');
});

test('[POLL-23] a revocation that changes nothing is listed and not material', () => {
	const { zhao, convener, li, chen, sun } = council;
	for (const person of [convener, li, chen, sun]) council.vote(person, poll, 'approve');
	council.vote(council.zhou, poll, 'reject');
	const hers = council.vote(zhao, poll, 'reject');
	revoke(council.corner.authorityOf(zhao));
	expect(council.audit(poll, council.close(poll))).toMatchObject({ revoked: [hers], material: false });
});

test('[POLL-23] a paper void only through the end of the teller who countersigned it is listed as revoked', () => {
	const { ma, li, chen, corner } = council;
	const entry = { voter: ma, choice: 'approve', serial: '1', replaces: [] } as const;
	const paper = corner.act(li, (composer) => enterPaper(composer, poll, entry));
	council.cosign(chen, paper, 'paper', poll);
	revoke(corner.authorityOf(chen));
	expect(council.audit(poll, council.close(poll))).toMatchObject({ revoked: [paper], faulty: [], defects: [] });
});

test('[POLL-23] what never had weight is neither revoked nor material: a phone that only the registrar let in', () => {
	const { corner, convener, zhao, li, chen } = council;
	const registrar = corner.welcome('登记员', '1号楼', 'registrar');
	poll = council.poll(
		topic,
		'R12-all',
		[convener, li, chen, zhao, council.sun].map(({ member }) => member),
	);
	for (const person of [convener, li]) council.vote(person, poll, 'approve');
	for (const person of [chen, council.sun]) council.vote(person, poll, 'reject');
	const device = corner.deviceFor('冒名的手机');
	const add = addedBy(registrar, corner.grantOf('registrar', registrar), zhao, device);
	const ballot = castUnder(device, add);
	const close = council.close(poll);
	expect(council.audit(poll, close)).toMatchObject({ revoked: [], late: [], newDevice: [], material: false });
	expect(council.count(poll).ids).not.toContain(ballot);
	council.cosign(zhao, add, 'approve');
	expect(council.audit(poll, close)).toMatchObject({ late: [ballot], material: true });
});

/** The convener adds one voter's key to another member as well, and its holder uses both. */
function voteForTwo(): { readonly own: RecordId; readonly other: () => RecordId } {
	const { zhao, sun, corner, convener } = council;
	const via = must(corner.ledger.ofType('join').find(({ body }) => body.key === zhao.device.key));
	const own = castUnder(zhao.device, corner.authorityOf(zhao));
	const { key, pop } = via.body;
	const body = { as: must(council.as), member: sun.member, key, via: via.id, pop };
	const added = corner.act(convener, (composer) => composer.add('device.add', body));
	return { own, other: () => castUnder(zhao.device, added) };
}

test('[POLL-11] that a key votes for a second voter after the closing changes nothing that was listed', () => {
	const { own, other } = voteForTwo();
	const close = council.close(poll);
	expect(council.audit(poll, close)).toMatchObject({ recount: 'agrees', defects: [] });
	const late = other();
	const audit = council.audit(poll, close);
	expect(audit).toMatchObject({ recount: 'agrees', defects: [] });
	expect(audit.tally.counts.units.approve).toBe(1);
	expect(audit.faulty).toEqual([{ id: late, voter: council.sun.member, fault: 'key-serves-two' }]);
	expect(council.count(poll).ids).not.toContain(own);
});

test('[POLL-12] of absent members also those are material whose phones were revoked', () => {
	const { zhao, sun, li, chen } = council;
	const { attendance } = council.meeting(
		topic,
		[li, chen, sun].map(({ member }) => member),
	);
	const held = council.poll(
		topic,
		'R12-present',
		[zhao, sun, li, chen].map(({ member }) => member),
	);
	for (const person of [li, chen]) council.vote(person, held, 'approve');
	for (const person of [sun, zhao]) council.vote(person, held, 'reject');
	revoke(council.corner.authorityOf(zhao));
	const audit = council.audit(held, council.close(held, { attendance }));
	expect(audit.decision.outcome).toBe('passed');
	expect(audit).toMatchObject({ recount: 'agrees', defects: [], material: true });
});

test('[POLL-24] whoever is on the roll objects to a closing once, and names the ballot that is missing', () => {
	const { zhao, sun, corner } = council;
	const mine = council.vote(zhao, poll, 'approve');
	const close = council.close(poll, { ids: [] });
	const may = (person: Person) => mayObject(council.pollState(poll), council.closing(poll, close), person.member);
	expect([may(zhao), may(sun)]).toEqual([true, true]);
	const id = corner.act(zhao, (composer) => objectTo(composer, close, mine));
	expect(council.closing(poll, close).objections).toEqual([{ id, member: zhao.member, ballot: mine }]);
	expect([may(zhao), may(sun)]).toEqual([false, true]);
	const late = corner.welcome('后来的', '9号楼');
	expect(may(late)).toBe(false);
	corner.act(sun, (composer) => objectTo(composer, close));
	expect(council.closing(poll, close).objections).toHaveLength(2);
	council.certify(close, council.li, council.chen);
	expect(council.pollState(poll)).toMatchObject({ status: 'certified', standing: { id: close } });
});
