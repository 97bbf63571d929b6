import { expect } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import { Authority } from '../../../support/authority.ts';
import { must } from '../../../support/must.ts';
import { clause, tell, type Clause } from './clause.ts';

/** Who may take away whose rights. */
export const RIGHT_CLAUSES: readonly Clause[] = [
	clause(
		'[VALID-4] a plain member takes nobody’s rights away',
		tell('plain', (scene) => {
			const [zhao, sun] = [scene.member('赵秀英'), scene.member('孙德福')];
			const said = scene.say(sun);
			scene.revokeDevice(zhao, { under: 'device' }, sun, []);
			return { said };
		}),
		(stands, { said }) => expect(stands(said)).toBe(true),
	),
	clause(
		'[VALID-4] an office outranks strictly: a registrar ends neither teller nor registrar, a convener ends both',
		tell('strictly', (scene) => {
			const [zheng, feng] = [scene.officer('郑登记', 'registrar'), scene.officer('冯登记', 'registrar')];
			const li = scene.officer('李建国', 'teller');
			const spared = [scene.say(feng), scene.say(li)];
			for (const person of [feng, li]) scene.revokeDevice(zheng, scene.office(zheng, 'registrar'), person, []);
			const wu = scene.officer('吴监票', 'teller');
			const ended = scene.say(wu);
			scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), wu, []);
			return { spared, ended };
		}),
		(stands, { spared, ended }) => expect([...spared, ended].map(stands)).toEqual([true, true, false]),
	),
	clause(
		'[VALID-4] an office that does not keep the roster ends nobody, whatever its rank',
		tell('other-office', (scene) => {
			const teller = scene.officer('李建国', 'teller');
			const sun = scene.member('孙德福');
			const said = scene.say(sun);
			const target = scene.corner.authorityOf(sun);
			const as = must(scene.corner.grantOf('teller', teller));
			const body = { as, target, cuts: [], reason: 'misuse' } as const;
			scene.corner.act(teller, (composer) => composer.add('device.revoke', body));
			return { said };
		}),
		(stands, { said }) => expect(stands(said)).toBe(true),
	),
	clause(
		'[VALID-4] a role that ended shields no longer',
		tell('ended-shield', (scene) => {
			const [zheng, li] = [scene.officer('郑登记', 'registrar'), scene.officer('李建国', 'teller')];
			const target = must(scene.corner.grantOf('teller', li));
			const plan = { type: 'role.end', target, cuts: scene.heads(li), reason: 'term-ended' } as const;
			scene.end(scene.wang, scene.office(scene.wang, 'convener'), plan);
			const said = scene.say(li);
			scene.revokeDevice(zheng, scene.office(zheng, 'registrar'), li, scene.heads());
			return { said };
		}),
		(stands, { said }) => expect(stands(said)).toBe(false),
	),
	clause(
		'[VALID-4] a grant without weight shields nobody',
		tell('bogus-shield', (scene) => {
			const [zheng, liu] = [scene.officer('郑登记', 'registrar'), scene.officer('刘召集', 'convener')];
			const thief = scene.member('小偷');
			const cuts = scene.heads(liu);
			scene.grant(liu, must(scene.corner.grantOf('convener', liu)), thief.member, 'registrar');
			scene.endAsFounder({ type: 'device.revoke', target: scene.corner.authorityOf(liu), cuts, reason: 'stolen' });
			const said = scene.say(thief);
			scene.revokeDevice(zheng, scene.office(zheng, 'registrar'), thief, []);
			return { said };
		}),
		(stands, { said }) => expect(stands(said)).toBe(false),
	),
	clause(
		'[VALID-5] conveners cannot end one another, whoever is first; a founder can',
		tell('conveners', (scene) => {
			const [liu, he] = [scene.officer('刘召集', 'convener'), scene.officer('何召集', 'convener')];
			const spared = [scene.say(liu), scene.say(he)];
			scene.revokeDevice(liu, scene.office(liu, 'convener'), he, []);
			scene.revokeDevice(he, scene.office(he, 'convener'), liu, []);
			const hu = scene.officer('胡召集', 'convener');
			const ended = scene.say(hu);
			scene.endAsFounder({ type: 'device.revoke', target: scene.corner.authorityOf(hu), cuts: [], reason: 'misuse' });
			return { spared, ended };
		}),
		(stands, { spared, ended }) => expect([...spared, ended].map(stands)).toEqual([true, true, false]),
	),
	clause(
		'[VALID-5] a holder of the first rank is ended by the whole quorum of founders, each counted once',
		quorumStory(),
		(stands, { stages }) => {
			expect(stages.map(({ said }) => stands(said))).toEqual([true, true, true, true, false]);
		},
	),
	clause(
		'[VALID-5] below the first rank a founder needs no quorum',
		tell(
			'founder-alone',
			(scene) => {
				const zhao = scene.member('赵秀英');
				const said = scene.say(zhao);
				const target = scene.corner.authorityOf(zhao);
				scene.endAsFounder({ type: 'device.revoke', target, cuts: [], reason: 'stolen' });
				return { said };
			},
			['方一'],
		),
		(stands, { said }) => expect(stands(said)).toBe(false),
	),
	clause(
		'[VALID-5] nobody judges what he himself rests on: an ended convener’s acts are out of a registrar’s reach',
		tell('levels', (scene) => {
			const liu = scene.officer('刘召集', 'convener');
			const zheng = scene.member('郑登记');
			const grant = scene.grant(liu, must(scene.corner.grantOf('convener', liu)), zheng.member, 'registrar');
			const cuts = scene.heads(liu);
			const target = must(scene.corner.grantOf('convener', liu));
			scene.endAsFounder({ type: 'role.end', target, cuts, reason: 'term-ended' });
			const asMember = scene.say(liu);
			const revocation = scene.revokeDevice(zheng, scene.office(zheng, 'registrar'), liu, []);
			const feng = scene.officer('冯登记', 'registrar');
			scene.revokeDevice(feng, scene.office(feng, 'registrar'), liu, []);
			return { grant, revocation, asMember };
		}),
		(stands, { grant, revocation, asMember }) =>
			expect([grant, revocation, asMember].map(stands)).toEqual([true, true, false]),
	),
	clause(
		'[VALID-4] a device sends out the device that it brought in, and never the other way round',
		tell('introducer', (scene) => {
			const [zhao, sun] = [scene.member('赵秀英'), scene.member('孙德福')];
			const [second, other] = [scene.secondPhone(zhao), scene.secondPhone(sun)];
			const [ofSecond, ofSun] = [scene.say(second), scene.say(sun)];
			scene.revokeDevice(zhao, { under: 'device' }, second, []);
			scene.revokeDevice(other, { under: 'device' }, sun, []);
			return { ofSecond, ofSun };
		}),
		(stands, { ofSecond, ofSun }) => expect([ofSecond, ofSun].map(stands)).toEqual([false, true]),
	),
	clause(
		'[VALID-4] whoever brought a device in loses that right once its member has risen above',
		tell('risen', (scene) => {
			const zheng = scene.officer('郑登记', 'registrar');
			const liu = scene.admittedBy(zheng, 'registrar', '刘召集');
			const before = scene.say(liu);
			scene.corner.actAsFounder((composer) => composer.add('role.grant', { member: liu.member, role: 'convener' }));
			scene.revokeDevice(zheng, { under: 'device' }, liu, []);
			return { before };
		}),
		(stands, { before }) => expect(stands(before)).toBe(true),
	),
	clause(
		'[VALID-4] a revocation that was itself cut off ends nothing',
		tell('thief', (scene) => {
			const zhao = scene.member('赵秀英');
			const second = scene.secondPhone(zhao);
			const cuts = scene.heads(zhao);
			const ofThief = scene.revokeDevice(zhao, { under: 'device' }, second, []);
			scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao, cuts);
			return { ofThief, honest: scene.sayOn(second.device, scene.addOf(second)) };
		}),
		(stands, { ofThief, honest }) => expect([ofThief, honest].map(stands)).toEqual([false, true]),
	),
];

/** Five conveners, and for each one step more of a quorum of three founders. */
function quorumStory() {
	const scene = new Authority('quorum', ['方一', '方二']);
	const [one, two] = ['方一', '方二'].map((name) => scene.corner.deviceFor(name));
	const outsider = scene.member('路人');
	const approvals = [
		() => undefined,
		(id: RecordId) => scene.approveAsFounder(must(one), id),
		(id: RecordId) => [1, 2].map(() => scene.approveAsFounder(must(one), id)),
		(id: RecordId) => [scene.approveAsFounder(must(one), id), scene.approve(outsider, id)],
		(id: RecordId) => [one, two].map((key) => scene.approveAsFounder(must(key), id)),
	];
	const stages = approvals.map((approve, index) => {
		const convener = scene.officer(`召集人 ${index}`, 'convener');
		const said = scene.say(convener);
		const target = scene.corner.authorityOf(convener);
		approve(scene.endAsFounder({ type: 'device.revoke', target, cuts: [], reason: 'misuse' }));
		return { said };
	});
	return { corner: scene.corner, stages };
}
