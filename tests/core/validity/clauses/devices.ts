import { expect } from 'vitest';
import type { RecordId } from '#core/kernel/ids.ts';
import type { Cut } from '#core/roster/records.ts';
import { must } from '../../../support/must.ts';
import { clause, tell, type Clause } from './clause.ts';

/** Devices that end themselves, and devices that others add. */
export const DEVICE_CLAUSES: readonly Clause[] = [
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
	),
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
	),
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
	),
	clause(
		'[VALID-6] a device that wants approval itself cannot approve another',
		tell('vouching', (scene) => {
			const [zheng, zhao] = [scene.officer('郑登记', 'registrar'), scene.member('赵秀英')];
			const [one, two] = ['甲', '乙'].map((name) => scene.corner.deviceFor(name));
			const first = scene.phoneByOfficer(zheng, 'registrar', zhao.member, must(one));
			const second = scene.phoneByOfficer(zheng, 'registrar', zhao.member, must(two));
			scene.corner.actUnder(must(one), first, (composer) =>
				composer.add('cosign', { target: second, kind: 'approve' }),
			);
			scene.corner.actUnder(must(two), second, (composer) =>
				composer.add('cosign', { target: first, kind: 'approve' }),
			);
			scene.approve(zhao, first);
			return { first, second };
		}),
		(stands, { first, second }) => expect([first, second].map(stands)).toEqual([true, false]),
	),
	clause(
		'[VALID-6] a convener approves by adding',
		tell('chair-adds', (scene) => {
			const zhao = scene.member('赵秀英');
			return { id: scene.phoneByOfficer(scene.wang, 'convener', zhao.member, scene.corner.deviceFor('新手机')) };
		}),
		(stands, { id }) => expect(stands(id)).toBe(true),
	),
];

function bodyOf({ target, cuts, reason }: { target: RecordId; cuts: readonly Cut[]; reason: 'replaced' }) {
	return { target, cuts, reason };
}
