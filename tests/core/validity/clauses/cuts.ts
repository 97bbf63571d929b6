import { expect } from 'vitest';
import { encodeCbor } from '#core/kernel/cbor.ts';
import { castBallot } from '#core/polls/casting.ts';
import { cutListField, type Cut } from '#core/roster/records.ts';
import { Council } from '../../../support/council.ts';
import { must } from '../../../support/must.ts';
import { clause, tell, type Clause, type Judge } from './clause.ts';

/** What a revocation spares, and what falls with what. */
export const CUT_CLAUSES: readonly Clause[] = [
	clause(
		'[VALID-2] what was written before the cut stands, and what came after it does not',
		tell('cut', (scene) => {
			const zhao = scene.member('赵秀英');
			const [before, cuts] = [scene.say(zhao), scene.heads(zhao)];
			const after = scene.say(zhao);
			scene.revokeDevice(scene.wang, scene.office(scene.wang, 'convener'), zhao, cuts);
			return { before, after, bystander: scene.say(scene.member('孙德福')) };
		}),
		(stands, { before, after, bystander }) =>
			expect([before, after, bystander].map(stands)).toEqual([true, false, true]),
	),
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
	),
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
	),
	clause(
		'[VALID-2] in a scope that the cuts do not name nothing of the device stands',
		ballotStory(),
		(stands, story) => expect([story.own, story.others].map(stands)).toEqual([false, true]),
	),
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
	),
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
	),
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
	),
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
	),
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
	),
];

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
