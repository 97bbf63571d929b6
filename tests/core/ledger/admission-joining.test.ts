import { expect, test } from 'vitest';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import type { BodyByType } from '#core/ledger/registry.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import { grantRole, inviteMembers } from '#core/roster/acts.ts';
import { Council } from '../../support/council.ts';
import { flipBit, forge, keep } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { verdictOn } from '../../support/offering.ts';

const council = new Council();
const { corner, convener, zhao, sun } = council;
const { grid } = corner;
const as = must(council.as);
const invite = corner.invite();
const newcomer = corner.deviceFor('新来的');
const join: BodyByType['join'] = {
	key: newcomer.key,
	pop: newcomer.sign(possessionMessage(grid, invite.id, newcomer.key)),
	proof: invite.key.sign(invitationMessage(newcomer.key)),
	card: 'ab'.repeat(32) as BodyByType['join']['card'],
};
const entering = { auth: invite.id };

/** Somebody who has joined by the same invitation and waits to be admitted. */
const joiner = corner.deviceFor('等待登记的');
const joinedPop = joiner.sign(possessionMessage(grid, invite.id, joiner.key));
const joinedProof = invite.key.sign(invitationMessage(joiner.key));
const joinedBody = { ...join, key: joiner.key, pop: joinedPop, proof: joinedProof };
const joined = keep(corner, forge(corner, joiner, 'join', joinedBody, entering));

const offerJoin = (body: Partial<BodyByType['join']>, envelope = {}) =>
	verdictOn(corner, forge(corner, newcomer, 'join', { ...join, ...body }, { ...entering, ...envelope }));

test('[ADM-6] a join with the new key’s proof and the invitation’s is accepted', () => {
	expect(offerJoin({})).toBe('accept');
});

test('[ADM-6] a join needs its own key’s possession of grid, invitation and key', () => {
	const { key } = newcomer;
	expect(offerJoin({ pop: flipBit(join.pop, 0) })).toBe('signature-invalid');
	expect(offerJoin({ pop: zhao.device.sign(possessionMessage(grid, invite.id, key)) })).toBe('signature-invalid');
	expect(offerJoin({ pop: newcomer.sign(possessionMessage(grid, zhao.member, key)) })).toBe('signature-invalid');
	expect(offerJoin({ pop: newcomer.sign(possessionMessage(invite.id, invite.id, key)) })).toBe('signature-invalid');
});

test('[ADM-6] a join needs the proof of the very invitation that it cites', () => {
	const other = corner.deviceFor('另一个邀请');
	corner.act(convener, (composer) => inviteMembers(composer, as, other.key, 5));
	expect(offerJoin({ proof: flipBit(join.proof, 63) })).toBe('signature-invalid');
	expect(offerJoin({ proof: other.sign(invitationMessage(newcomer.key)) })).toBe('signature-invalid');
	expect(offerJoin({ proof: invite.key.sign(invitationMessage(zhao.device.key)) })).toBe('signature-invalid');
});

test('[ADM-5] a join introduces the key that signs it, and is the first thing it signs', () => {
	expect(offerJoin({ key: zhao.device.key })).toBe('join-malformed');
	expect(offerJoin({}, { seq: 1, prev: grid })).toBe('join-malformed');
});

test('[ADM-6] one invitation serves several newcomers: how many is the relay’s to limit', () => {
	const again = corner.deviceFor('又一位');
	const pop = again.sign(possessionMessage(grid, invite.id, again.key));
	const proof = invite.key.sign(invitationMessage(again.key));
	expect(corner.ledger.ofType('join').filter(({ auth }) => auth === invite.id)).toHaveLength(1);
	expect(verdictOn(corner, forge(corner, again, 'join', { ...join, key: again.key, pop, proof }, entering))).toBe(
		'accept',
	);
});

const add = (body: Partial<BodyByType['device.add']>, author = convener, cited = author === convener) => {
	const usual = { member: zhao.member, key: joiner.key, via: joined.id, pop: joinedPop, ...body };
	return verdictOn(corner, forge(corner, author.device, 'device.add', cited ? { as, ...usual } : usual));
};

test('[ADM-5] an officer adds the joined key with the proof that it joined with', () => {
	expect(add({})).toBe('accept');
	expect(add({ key: sun.device.key })).toBe('key-introduction-invalid');
	expect(add({ pop: flipBit(joinedPop, 5) })).toBe('key-introduction-invalid');
});

test('[ADM-5] an officer without the office, and any other member, adds devices to nobody else', () => {
	expect(add({}, convener, false)).toBe('not-own-member');
	expect(add({}, sun)).toBe('not-own-member');
});

const phone = corner.deviceFor('赵秀英的平板');
const own = corner.authorityOf(zhao);
const pop = phone.sign(possessionMessage(grid, own, phone.key));

test('[ADM-5] a member brings in a second device of the own, by a device of the own', () => {
	expect(add({ key: phone.key, via: own, pop }, zhao)).toBe('accept');
	const via = corner.authorityOf(sun);
	const theirs = phone.sign(possessionMessage(grid, via, phone.key));
	expect(add({ key: phone.key, via, pop: theirs }, zhao)).toBe('key-introduction-invalid');
});

test('[ADM-6] a device is added only with its own possession of grid, introduction and key', () => {
	const { key } = phone;
	expect(add({ key, via: own, pop: flipBit(pop, 1) }, zhao)).toBe('signature-invalid');
	expect(add({ key, via: own, pop: zhao.device.sign(possessionMessage(grid, own, key)) }, zhao)).toBe(
		'signature-invalid',
	);
	expect(add({ key: corner.deviceFor('别的').key, via: own, pop }, zhao)).toBe('signature-invalid');
});

test('[ADM-5] a founder key is added by way of genesis, any other key is not', () => {
	const { key } = corner.founder.device;
	const founderPop = corner.founder.device.sign(possessionMessage(grid, grid, key));
	expect(add({ member: convener.member, key, via: grid, pop: founderPop })).toBe('accept');
	const wrong = phone.sign(possessionMessage(grid, grid, phone.key));
	expect(add({ key: phone.key, via: grid, pop: wrong })).toBe('key-introduction-invalid');
});

test('[ROS-3] a role is granted only from strictly above: the whole ladder', () => {
	const roles: readonly GrantableRole[] = [
		...(['convener', 'reviewer', 'registrar', 'teller', 'secretary', 'delegate', 'observer'] as const),
	];
	const grant = (role: GrantableRole) => ({ member: zhao.member, role });
	const byConvener = roles.map((role) =>
		verdictOn(corner, forge(corner, convener.device, 'role.grant', { as, ...grant(role) })),
	);
	const byFounder = roles.map((role) =>
		verdictOn(corner, forge(corner, convener.device, 'role.grant', grant(role), { auth: grid })),
	);
	expect(byConvener).toEqual(['rank-too-low', 'rank-too-low', 'accept', 'accept', 'accept', 'accept', 'accept']);
	expect(byFounder).toEqual(roles.map(() => 'accept'));
});

test('[ROS-3] nobody lifts himself: a registrar’s grant to himself is refused', () => {
	const registrar = corner.welcome('名册员', '6号楼', 'registrar');
	const cited = must(corner.grantOf('registrar', registrar));
	const body = { as: cited, member: registrar.member, role: 'convener' } as const;
	expect(verdictOn(corner, forge(corner, registrar.device, 'role.grant', body))).toBe('not-permitted');
	corner.act(convener, (composer) => grantRole(composer, as, registrar.member, 'observer'));
	expect(corner.state.roster.grants.filter(({ member }) => member === registrar.member)).toHaveLength(2);
});
