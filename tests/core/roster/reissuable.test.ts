import { expect, test } from 'vitest';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { endRight } from '#core/roster/ending-acts.ts';
import { reissue } from '#core/roster/reissue.ts';
import { reissuableOf, withGround } from '#core/roster/reissuable.ts';
import { changeCard } from '#core/roster/device-acts.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import { openTopic } from '#core/topics/acts.ts';
import { Council, PROCEDURE_JSON } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const procedure = { id: 'five-step-consultation', version: '1', json: PROCEDURE_JSON };

/** The phone with which 赵秀英 opened a topic, voted and changed the card is sent out; nothing of it stands any more. */
function lost(council: Council) {
	const { corner, zhao } = council;
	const poll = council.poll(council.topic());
	council.vote(zhao, poll, 'approve');
	const member = must(corner.roster.members.get(zhao.member));
	const card = { name: '赵秀英', building: '2号楼', title: '楼长' };
	corner.act(zhao, (composer) => changeCard(composer, undefined, member, card, corner.salt('card')));
	const target = must(deviceOf(corner.roster, zhao.device.key)).add;
	const as = must(corner.grantOf('convener'));
	corner.act(council.convener, (composer) =>
		endRight(composer, { under: 'office', as }, { type: 'device.revoke', target, cuts: [], reason: 'lost' }),
	);
	return poll;
}

const open = ({ corner, zhao }: Council) => {
	const { standing, records, state } = corner;
	return reissuableOf(standing, records, state, zhao.member);
};
const types = (records: readonly LedgerRecord[]) => records.map(({ type }) => type);

/** A new phone, brought in by the convener as the same member's. */
function newPhone(council: Council) {
	const { corner, zhao } = council;
	const device = corner.deviceFor('赵秀英的新手机');
	const join = corner.join('赵秀英', '2号楼', device);
	const pop = must(corner.ledger.find(join, 'join')).body.pop;
	corner.act(council.convener, (composer) =>
		composer.add('device.add', { as: must(council.as), member: zhao.member, key: device.key, via: join, pop }),
	);
	return { name: '赵秀英', device, member: zhao.member };
}

test('[PEOPLE-2] what fell is offered to its member, oldest first, and to nobody else', () => {
	const council = new Council('reissuable');
	lost(council);
	expect(types(open(council).open)).toEqual(['topic.open', 'ballot', 'member.card']);
	const { standing, records, state } = council.corner;
	expect(reissuableOf(standing, records, state, council.li.member).open).toEqual([]);
});

test('[PEOPLE-2] what was written again is not offered again, also when it was done bit by bit', () => {
	const council = new Council('reissued');
	lost(council);
	const phone = newPhone(council);
	for (let left = open(council).open.length; left > 0; left--) {
		const { open: offered, renewed } = open(council);
		expect(offered).toHaveLength(left);
		council.corner.act(phone, (composer) => reissue(composer, offered.slice(0, 1), () => undefined, renewed));
	}
	expect(open(council).open).toEqual([]);
	expect(open(council).renewed.size).toBe(3);
});

test('[PEOPLE-2] a ballot is not offered where its member has voted since, or the vote is over', () => {
	const spoken = new Council('spoken');
	const poll = lost(spoken);
	spoken.vote(newPhone(spoken), poll, 'reject');
	expect(types(open(spoken).open)).toEqual(['topic.open', 'member.card']);

	const over = new Council('over');
	const ended = lost(over);
	over.certify(over.close(ended), over.li, over.chen);
	expect(types(open(over).open)).toEqual(['topic.open', 'member.card']);
});

test('[PEOPLE-2] what rests on something that is left out is left out with it', () => {
	const council = new Council('ground');
	const { corner, li } = council;
	const topic = corner.act(li, (composer) => openTopic(composer, { title: '停车', source: 'resident', procedure }));
	const assent = council.cosign(li, topic, 'approve');
	const target = must(deviceOf(corner.roster, li.device.key)).add;
	const as = must(council.as);
	corner.act(council.convener, (composer) =>
		endRight(composer, { under: 'office', as }, { type: 'device.revoke', target, cuts: [], reason: 'stolen' }),
	);
	const [opened, approved] = [must(corner.ledger.get(topic)), must(corner.ledger.get(assent))];
	expect(withGround(corner.standing, [opened, approved], new Map())).toEqual([opened, approved]);
	expect(withGround(corner.standing, [approved], new Map())).toEqual([]);
	expect(withGround(corner.standing, [approved], new Map([[topic, assent]]))).toEqual([approved]);
});
