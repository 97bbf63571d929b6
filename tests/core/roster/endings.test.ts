import { expect, test } from 'vitest';
import { grantRole } from '#core/roster/acts.ts';
import { mayApproveDevice, mayEndMember, mayEndRole, mayRevokeDevice, type Actor } from '#core/roster/ending-rules.ts';
import { mayReissue, reissue } from '#core/roster/reissue.ts';
import { deviceOf, roleOfKey } from '#core/roster/selectors.ts';
import { changeCard } from '#core/roster/device-acts.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import { cutsBefore, chainOf } from '#core/validity/cutting.ts';
import { fallenOf, wouldFall } from '#core/validity/effect.ts';
import { Composer } from '#core/ledger/composer.ts';
import { forksIn } from '#core/ledger/forks.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Authority } from '../../support/authority.ts';
import { addPlace } from '#core/places/acts.ts';
import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { forge } from '../../support/forging.ts';
import { holderOf, verdictOn } from '../../support/offering.ts';
import { must } from '../../support/must.ts';

function actorOf({ corner }: Authority, { member, device }: Person): Actor {
	return { member, key: device.key, add: must(deviceOf(corner.roster, device.key)).add };
}

const verdict = (result: ReturnType<typeof mayEndMember>) => (result.ok ? result.value.under : result.error);

test('[ROS-4] who may end a device: from strictly above, itself, and the device that brought it in', () => {
	const scene = new Authority('may-revoke');
	const [zheng, liu, zhao] = [
		scene.officer('郑登记', 'registrar'),
		scene.officer('刘召集', 'convener'),
		scene.member('赵秀英'),
	];
	const second = scene.secondPhone(zhao);
	const ask = (by: Person, of: Person) => {
		const { roster } = scene.corner;
		return verdict(mayRevokeDevice(roster, actorOf(scene, by), must(deviceOf(roster, of.device.key))));
	};
	expect(ask(zheng, zhao)).toBe('office');
	expect(ask(liu, zheng)).toBe('office');
	expect(ask(zheng, liu)).toBe('founder-needed');
	expect(ask(liu, liu)).toBe('device');
	expect(ask(scene.wang, liu)).toBe('device');
	const xu = scene.admittedBy(zheng, 'registrar', '徐召集');
	scene.corner.actAsFounder((composer) => grantRole(composer, undefined, xu.member, 'convener'));
	expect(ask(zheng, xu)).toBe('founder-needed');
	expect(ask(scene.wang, xu)).toBe('founder');
	expect(ask(zhao, second)).toBe('device');
	expect(ask(second, zhao)).toBe('rank-too-low');
	expect(ask(zhao, scene.member('孙德福'))).toBe('rank-too-low');
});

test('[ROS-4] what the rule promises is what the ledger gives, for every officer and every device', () => {
	const scene = new Authority('promise');
	const people = (['registrar', 'convener', 'reviewer', 'teller', 'delegate'] as const).map((role) =>
		scene.officer(role, role),
	);
	const everybody = [scene.wang, ...people, scene.member('赵秀英')];
	const all = [...everybody, scene.secondPhone(must(everybody.at(-1)))];
	for (const by of all)
		for (const of of all) {
			const { roster, ledger, standing } = scene.corner;
			const actor = actorOf(scene, by);
			const device = must(deviceOf(roster, of.device.key));
			const may = mayRevokeDevice(roster, actor, device);
			const capacity = may.ok ? may.value : ({ under: 'device' } as const);
			const composer = new Composer(ledger, { key: actor.key, grid: scene.corner.grid, auth: actor.add }, 1);
			endRight(composer, capacity, { type: 'device.revoke', target: device.add, cuts: [], reason: 'misuse' });
			const said = scene.corner.records.some(({ auth }) => auth === device.add);
			const falls = wouldFall(standing, ledger.all(), composer).length > 0;
			const ownPast = device.add === actor.add && capacity.under === 'device';
			expect({ by: by.name, of: of.name, falls }).toEqual({
				by: by.name,
				of: of.name,
				falls: may.ok && said && !ownPast,
			});
		}
});

test('[ROS-5] a member is ended from strictly above', () => {
	const scene = new Authority('may-end');
	const [zheng, li] = [scene.officer('郑登记', 'registrar'), scene.officer('李建国', 'teller')];
	const { member } = scene.member('赵秀英');
	const ask = (of: MemberId) => verdict(mayEndMember(scene.corner.roster, actorOf(scene, zheng), of));
	expect([member, li.member].map(ask)).toEqual(['office', 'rank-too-low']);
});

test('[ROS-6] a role is ended from strictly above the role', () => {
	const scene = new Authority('may-end-role');
	const [zheng, li] = [scene.officer('郑登记', 'registrar'), scene.officer('李建国', 'teller')];
	const zhao = scene.member('赵秀英');
	const { roster } = scene.corner;
	const grantOf = (person: Person) => must(roster.grants.find(({ member }) => member === person.member));
	const ask = (by: Person, of: Person) => verdict(mayEndRole(roster, actorOf(scene, by), grantOf(of)));
	expect(ask(scene.wang, li)).toBe('office');
	expect(ask(zheng, li)).toBe('rank-too-low');
	expect(ask(zhao, zheng)).toBe('rank-too-low');
});

test('[ROS-7] a device that wants approval is seen as such, and approved by its member or a convener', () => {
	const scene = new Authority('may-approve');
	const [zheng, zhao] = [scene.officer('郑登记', 'registrar'), scene.member('赵秀英')];
	const added = scene.phoneByOfficer(zheng, 'registrar', zhao.member, scene.corner.deviceFor('新手机'));
	const waiting = must(scene.corner.roster.unapproved[0]);
	expect(waiting.add).toBe(added);
	const ask = (person: Person) => verdict(mayApproveDevice(scene.corner.roster, actorOf(scene, person), waiting));
	expect([ask(zhao), ask(scene.wang), ask(zheng)]).toEqual(['device', 'office', 'rank-too-low']);
	scene.approve(zhao, added);
	expect(scene.corner.roster.unapproved).toEqual([]);
	expect(roleOfKey(scene.corner.roster, waiting.key)).toBe('member');
});

test('[ROS-4] a revoked device is nobody to a relay, and the roster says by whom and why', () => {
	const scene = new Authority('nobody');
	const zhao = scene.member('赵秀英');
	const revocation = scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao);
	const { roster } = scene.corner;
	expect(roleOfKey(roster, zhao.device.key)).toBeUndefined();
	expect(roster.revoked.map(({ key, endings }) => [key, endings])).toEqual([
		[zhao.device.key, [{ by: revocation, author: scene.wang.member, reason: 'stolen', at: scene.corner.at }]],
	]);
	expect(roster.members.has(zhao.member)).toBe(true);
});

test('[ROS-5] who left is no member, keeps the name, and holds no role', () => {
	const scene = new Authority('left');
	const li = scene.officer('李建国', 'teller');
	const plan = { type: 'member.end', target: li.member, cuts: scene.heads(li), reason: 'moved-away' } as const;
	scene.end(scene.wang, scene.office(scene.wang, 'convener'), plan);
	const { members, former, grants, devices } = scene.corner.roster;
	expect(members.has(li.member)).toBe(false);
	expect(former.get(li.member)?.card).toBeDefined();
	expect(grants.some(({ member }) => member === li.member)).toBe(false);
	expect(devices.has(li.device.key)).toBe(false);
});

test('[VALID-8] what a revocation would undo is known before it is signed, and is what it then undoes', () => {
	const scene = new Authority('effect');
	const zhao = scene.member('赵秀英');
	const [good, bad, worse] = [scene.say(zhao, '好'), scene.say(zhao, '坏'), scene.say(zhao, '更坏')];
	const { ledger, standing, grid } = scene.corner;
	const cuts = cutsBefore(ledger, must(ledger.get(bad)));
	expect(chainOf(ledger, zhao.device.key).map(({ id }) => id)).toEqual(expect.arrayContaining([worse, bad, good]));
	const capacity = scene.office(scene.wang, 'convener');
	const plan = { type: 'device.revoke', target: scene.addOf(zhao), cuts, reason: 'stolen' } as const;
	const wang = actorOf(scene, scene.wang);
	const composer = new Composer(ledger, { key: wang.key, grid, auth: wang.add }, 1);
	endRight(composer, capacity, plan);
	const foreseen = wouldFall(standing, ledger.all(), composer).map(({ id }) => id);
	expect(foreseen.sort()).toEqual([bad, worse].sort());
	scene.end(scene.wang, capacity, plan);
	const fallen = fallenOf(scene.corner.standing, scene.corner.ledger.all(), zhao.member).map(({ id }) => id);
	expect(fallen.sort()).toEqual(foreseen.sort());
});

test('[ROS-8] honest records that fell are written again by another device, saying the same of each other', () => {
	const scene = new Authority('again');
	const zhao = scene.member('赵秀英');
	const second = scene.secondPhone(zhao);
	const cuts = scene.heads(zhao);
	const topic = scene.say(zhao, '加装电梯');
	scene.corner.act(zhao, (composer) => composer.add('cosign', { target: topic, kind: 'approve' }));
	scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao, cuts);
	const fallen = fallenOf(scene.corner.standing, scene.corner.ledger.all(), zhao.member);
	expect(fallen.every(mayReissue)).toBe(true);
	const renewed = scene.corner.act(second, (composer) => reissue(composer, fallen, () => undefined));
	const again = must(renewed.get(topic));
	const { view } = scene.corner.standing;
	expect(view.find(again, 'topic.open')?.body).toEqual(scene.corner.ledger.find(topic, 'topic.open')?.body);
	expect(view.ofType('cosign').map(({ body }) => body.target)).toEqual([again]);
});

test('[ROS-9] the newest card is the one shown; two written at once stay until one replaces both', () => {
	const scene = new Authority('cards');
	const zhao = scene.member('赵秀英');
	const member = () => must(scene.corner.roster.members.get(zhao.member));
	const old = member().card;
	const write = (title: string, state = member()) =>
		scene.corner.act(zhao, (composer) =>
			changeCard(composer, undefined, state, { name: '赵秀英', building: '2号楼', title }, scene.corner.salt(title)),
		);
	const before = member();
	write('物业');
	write('楼长', before);
	expect(member().cards).toHaveLength(2);
	write('网格员');
	expect(member().cards).toHaveLength(1);
	expect(member().card).not.toBe(old);
});

test('[FORK-1] two records of one device at one place are evidence and void nothing', () => {
	const scene = new Authority('fork');
	const zhao = scene.member('赵秀英');
	const before = scene.say(zhao, '之前');
	const branches = ['一支', '另一支'].map((title) => scene.fork(zhao.device, scene.addOf(zhao), before, title));
	const [fork] = forksIn(scene.corner.ledger.all());
	expect(fork?.records.map(({ id }) => id).sort()).toEqual([...branches].sort());
	const { standing, ledger } = scene.corner;
	expect(branches.every((id) => standing.stands(must(ledger.get(id))))).toBe(true);
});

test('[ADM-5] phones that bring in the next one end after sixteen generations', () => {
	const scene = new Authority('generations');
	let phone = scene.member('赵秀英');
	for (let index = 0; index < 16; index++) phone = scene.secondPhone(phone, `第 ${index} 部`);
	const holder = holderOf(scene.corner);
	const oneMore = must(scene.corner.ledger.get(scene.addOf(scene.secondPhone(phone, '再一部')))).wire;
	expect(holder.offer(oneMore)).toBe('too-many-generations');
});

test('[ADM-5] a delegate brings in people of the own courtyard only', () => {
	const scene = new Authority('courtyards');
	const { corner, wang } = scene;
	const as = must(corner.grantOf('convener'));
	const [own, other] = ['1号院', '2号院'].map((name) =>
		corner.act(wang, (composer) => addPlace(composer, as, { kind: 'courtyard', name })),
	);
	const delegate = corner.welcome('党小组长', '1号院');
	const grant = corner.act(wang, (composer) => grantRole(composer, as, delegate.member, 'delegate', own));
	const add = (courtyard: RecordId | undefined) => {
		const card = must(corner.roster.members.get(delegate.member)).card;
		const body = { as: grant, card, heads: 1, area: 0, ...(courtyard === undefined ? {} : { courtyard }) };
		return verdictOn(corner, forge(corner, delegate.device, 'member.add', body));
	};
	expect([own, other, undefined].map(add)).toEqual(['accept', 'not-own-courtyard', 'not-own-courtyard']);
});
