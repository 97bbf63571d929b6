import { expect } from 'vitest';
import { encodeCbor } from '#core/kernel/cbor.ts';
import type { RecordId } from '#core/kernel/ids.ts';
import { castBallot } from '#core/polls/acts.ts';
import { cutListField, type Cut } from '#core/roster/records.ts';
import type { Standing } from '#core/validity/standing.ts';
import { Authority } from '../../support/authority.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

/** The judge under test: the real one, or one with a clause taken out. */
export type Judge = new (...args: ConstructorParameters<typeof Standing>) => Standing;

/** One clause of LEDGER 3 with a story in which it alone decides. The story is told once, whoever judges it. */
export interface Clause {
	readonly title: string;
	readonly check: (judge: Judge) => void;
}

const CLAUSES: Clause[] = [];

function clause<S extends { readonly corner: Authority['corner'] }>(
	title: string,
	story: S,
	expectations: (stands: (id: RecordId) => boolean, story: S, standing: Standing) => void,
): void {
	const { ledger, blob } = story.corner;
	const check = (judge: Judge): void => {
		// Each answer from a judge that was asked nothing before: what was asked first must not matter.
		const stands = (id: RecordId) => new judge(ledger, blob).stands(must(ledger.get(id)));
		expectations(stands, story, new judge(ledger, blob));
	};
	CLAUSES.push({ title, check });
}

function tell<S>(seed: string, build: (scene: Authority) => S, cofounders: readonly string[] = []) {
	const scene = new Authority(seed, cofounders);
	return { corner: scene.corner, scene, ...build(scene) };
}

clause(
	'[VALID-2] what was written before the cut stands, and what came after it does not',
	tell('cut', (scene) => {
		const zhao = scene.member('赵秀英');
		const [before, cuts] = [scene.say(zhao), scene.heads(zhao)];
		const after = scene.say(zhao);
		scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao, cuts);
		return { before, after, bystander: scene.say(scene.member('孙德福')) };
	}),
	(stands, { before, after, bystander }) => expect([before, after, bystander].map(stands)).toEqual([true, false, true]),
);

clause(
	'[VALID-2] a last good record of another device spares nothing',
	tell('cut-of-others', (scene) => {
		const [zhao, sun] = [scene.member('赵秀英'), scene.member('孙德福')];
		const own = scene.say(zhao);
		const follower = scene.fork(sun.device, scene.corner.authorityOf(sun), own, '接在别人后面');
		scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao, [[zhao.device.key, null, follower]]);
		return { own };
	}),
	(stands, { own }) => expect(stands(own)).toBe(false),
);

clause(
	'[VALID-2] the cut chooses the branch of a forked chain',
	tell('cut-fork', (scene) => {
		const zhao = scene.member('赵秀英');
		const before = scene.say(zhao, '分叉之前');
		const auth = scene.corner.authorityOf(zhao);
		const [one, other] = ['一支', '另一支'].map((title) => scene.fork(zhao.device, auth, before, title));
		scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao, [[zhao.device.key, null, must(one)]]);
		return { before, one: must(one), other: must(other) };
	}),
	(stands, { before, one, other }) => expect([before, one, other].map(stands)).toEqual([true, true, false]),
);

clause('[VALID-2] in a scope that the cuts do not name nothing of the device stands', ballotStory(), (stands, story) =>
	expect([story.own, story.others].map(stands)).toEqual([false, true]),
);

clause(
	'[VALID-2] more cuts than fit a record are read from their blob, and one that is not held spares nothing',
	tell('cut-list', (scene) => {
		const zhao = scene.member('赵秀英');
		const said = scene.say(zhao);
		const many = Array.from({ length: 120 }, (): Cut => [zhao.device.key, null, said]);
		const plan = { type: 'device.revoke', target: scene.corner.authorityOf(zhao), reason: 'stolen' } as const;
		scene.end(scene.wang, scene.office(scene.wang, 'convener'), { ...plan, cuts: many });
		return { said, list: encodeCbor(cutListField.encode(many)) };
	}),
	(stands, { said }, standing) => {
		const withoutBlobs = new (standing.constructor as Judge)(standing.ledger, () => undefined);
		expect(stands(said)).toBe(true);
		expect(withoutBlobs.stands(must(standing.ledger.get(said)))).toBe(false);
	},
);

clause(
	'[VALID-3] what rests on a record without weight has none either',
	tell('grounds', (scene) => {
		const registrar = scene.officer('郑登记', 'registrar');
		const cuts = scene.heads(registrar);
		const admitted = scene.admittedBy(registrar, 'registrar', '钱新来');
		const said = scene.say(admitted);
		scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), registrar, cuts);
		return { member: admitted.member, said };
	}),
	(stands, { member, said }) => expect([member, said].map(stands)).toEqual([false, false]),
);

clause(
	'[VALID-3] what an office did after its grant lost its weight has none, and what the member did has',
	tell('role-end', (scene) => {
		const registrar = scene.officer('郑登记', 'registrar');
		const before = scene.admittedBy(registrar, 'registrar', '钱新来').member;
		const cuts = scene.heads(registrar);
		const target = must(scene.corner.grantOf('registrar', registrar));
		const plan = { type: 'role.end', target, cuts, reason: 'term-ended' } as const;
		const after = scene.admittedBy(registrar, 'registrar', '周又来').member;
		scene.end(scene.wang, scene.office(scene.wang, 'convener'), plan);
		return { before, after, asMember: scene.say(registrar), target };
	}),
	(stands, { before, after, asMember, target }, standing) => {
		expect([before, after, asMember].map(stands)).toEqual([true, false, true]);
		expect(standing.endingsOf(target)).toHaveLength(1);
	},
);

clause(
	'[VALID-3] the end of a member ends every device of the member',
	tell('member-end', (scene) => {
		const zhao = scene.member('赵秀英');
		const second = scene.secondPhone(zhao);
		const before = scene.say(second);
		const cuts = scene.heads(zhao, second);
		const after = [scene.say(zhao), scene.say(second)];
		const plan = { type: 'member.end', target: zhao.member, cuts, reason: 'moved-away' } as const;
		scene.end(scene.wang, scene.office(scene.wang, 'convener'), plan);
		return { before, after };
	}),
	(stands, { before, after }) => expect([before, ...after].map(stands)).toEqual([true, false, false]),
);

clause(
	'[VALID-4] a plain member takes nobody’s rights away',
	tell('plain', (scene) => {
		const [zhao, sun] = [scene.member('赵秀英'), scene.member('孙德福')];
		const said = scene.say(sun);
		scene.revokeDevice(zhao, { under: 'device' }, sun, []);
		return { said };
	}),
	(stands, { said }) => expect(stands(said)).toBe(true),
);

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
);

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
);

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
);

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
);

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
);

clause(
	'[VALID-5] a holder of the first rank is ended by the whole quorum of founders, each counted once',
	quorumStory(),
	(stands, { stages }) => {
		expect(stages.map(({ said }) => stands(said))).toEqual([true, true, true, true, false]);
	},
);

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
);

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
);

clause(
	'[VALID-7] a device ends itself from there on and keeps its own past, whatever cuts it signs',
	tell('self', (scene) => {
		const zhao = scene.member('赵秀英');
		const before = scene.say(zhao);
		const auth = scene.corner.authorityOf(zhao);
		const revocation = scene.revokeDevice(zhao, { under: 'device' }, zhao, []);
		return { before, revocation, after: scene.sayOn(zhao.device, auth) };
	}),
	(stands, { before, revocation, after }) =>
		expect([before, revocation, after].map(stands)).toEqual([true, true, false]),
);

clause(
	'[VALID-7] two revocations of a device by itself do not judge each other',
	tell('self-twice', (scene) => {
		const zhao = scene.member('赵秀英');
		const auth = scene.corner.authorityOf(zhao);
		const plan = { type: 'device.revoke', target: auth, cuts: [], reason: 'replaced' } as const;
		const twice = [1, 2].map(() =>
			scene.corner.actUnder(zhao.device, auth, (composer) => composer.add(plan.type, bodyOf(plan))),
		);
		return { twice, auth };
	}),
	(stands, { twice, auth }, standing) => {
		expect(twice.map(stands)).toEqual([true, true]);
		expect(standing.endingsOf(auth)).toHaveLength(2);
	},
);

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
);

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
);

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
);

clause(
	'[VALID-6] a further device that an officer adds has no weight until its member or a convener approves',
	tell('approval', (scene) => {
		const [zheng, zhao] = [scene.officer('郑登记', 'registrar'), scene.member('赵秀英')];
		const add = (name: string) => {
			const device = scene.corner.deviceFor(name);
			return { device, id: scene.phoneByOfficer(zheng, 'registrar', zhao.member, device) };
		};
		const [bare, foreign, own, chaired] = ['甲', '乙', '丙', '丁'].map(add);
		const newcomer = scene.admittedBy(zheng, 'registrar', '钱新来');
		const further = scene.phoneByOfficer(zheng, 'registrar', newcomer.member, scene.corner.deviceFor('戊'));
		scene.approve(scene.member('孙德福'), must(foreign).id);
		scene.approve(zhao, must(own).id);
		scene.approve(scene.wang, must(chaired).id, scene.office(scene.wang, 'convener'));
		return {
			first: scene.addOf(newcomer),
			further,
			ids: [bare, foreign, own, chaired].map((added) => must(added).id),
		};
	}),
	(stands, { first, further, ids }) =>
		expect([first, further, ...ids].map(stands)).toEqual([true, false, false, false, true, true]),
);

clause(
	'[VALID-6] a device that wants approval itself cannot approve another',
	tell('vouching', (scene) => {
		const [zheng, zhao] = [scene.officer('郑登记', 'registrar'), scene.member('赵秀英')];
		const [one, two] = ['甲', '乙'].map((name) => scene.corner.deviceFor(name));
		const first = scene.phoneByOfficer(zheng, 'registrar', zhao.member, must(one));
		const second = scene.phoneByOfficer(zheng, 'registrar', zhao.member, must(two));
		scene.corner.actUnder(must(one), first, (composer) => composer.add('cosign', { target: second, kind: 'approve' }));
		scene.corner.actUnder(must(two), second, (composer) => composer.add('cosign', { target: first, kind: 'approve' }));
		scene.approve(zhao, first);
		return { first, second };
	}),
	(stands, { first, second }) => expect([first, second].map(stands)).toEqual([true, false]),
);

clause(
	'[VALID-6] a convener approves by adding',
	tell('chair-adds', (scene) => {
		const zhao = scene.member('赵秀英');
		return { id: scene.phoneByOfficer(scene.wang, 'convener', zhao.member, scene.corner.deviceFor('新手机')) };
	}),
	(stands, { id }) => expect(stands(id)).toBe(true),
);

clause(
	'[VALID-1] under a set of revocations only those are taken into account',
	tell('under', (scene) => {
		const zhao = scene.member('赵秀英');
		const said = scene.say(zhao);
		return { said, revocation: scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao, []) };
	}),
	(stands, { said, revocation }, standing) => {
		const record = must(standing.ledger.get(said));
		expect(standing.under([]).stands(record)).toBe(true);
		expect(standing.under([revocation]).stands(record)).toBe(false);
		expect(stands(said)).toBe(false);
	},
);

function bodyOf({ target, cuts, reason }: { target: RecordId; cuts: readonly Cut[]; reason: 'replaced' }) {
	return { target, cuts, reason };
}

/** A member votes, and the convener revokes the phone naming structure only. */
function ballotStory() {
	const council = new Council('ballots-cut');
	const { corner, convener, zhao, sun } = council;
	const poll = council.poll(council.topic());
	const own = council.vote(zhao, poll, 'approve');
	const others = corner.act(sun, (composer) => castBallot(composer, poll, 'approve', []));
	const lastGood = must(corner.ledger.headOf(zhao.device.key, null)).id;
	const target = corner.authorityOf(zhao);
	const cuts: readonly Cut[] = [[zhao.device.key, null, lastGood]];
	corner.act(convener, (composer) =>
		composer.add('device.revoke', { as: must(council.as), target, cuts, reason: 'stolen' }),
	);
	return { corner, own, others };
}

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

export { CLAUSES };
