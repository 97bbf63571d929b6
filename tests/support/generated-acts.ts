import type { RecordId } from '#core/kernel/ids.ts';
import { encodeIdList } from '#core/ledger/blobs.ts';
import { cited } from '#core/ledger/composer.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import { currentOf } from '#core/ledger/successors.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { freezeText, textOf } from '#core/proposals/text.ts';
import { appointChair, admitNewcomer, grantRole, inviteMembers, joinCorner } from '#core/roster/acts.ts';
import { foldRoster } from '#core/roster/reducer.ts';
import { Standing } from '#core/validity/standing.ts';
import { OFFICES } from '#core/roster/roles.ts';
import { openTopic } from '#core/topics/acts.ts';
import { PROCEDURE, PROCEDURE_JSON } from './council.ts';
import { RIGHTS_ACTS } from './generated-rights.ts';
import { OUTCOME_ACTS } from './generated-outcomes.ts';
import { POLL_ACTS } from './generated-votes.ts';
import type { GeneratedLedger, Writer } from './ledger-generator.ts';
import { must } from './must.ts';

export type Act = (world: GeneratedLedger, side: Ledger) => void;

const SALT = new Uint8Array(16);

/** Mostly the one who may, now and then somebody who may not: that one's record goes where nobody may hold it. */
export function byOfficer(
	world: GeneratedLedger,
	side: Ledger,
	role: 'convener' | 'secretary',
	compose: Compose,
): void {
	const officer = world.writers(role);
	if (world.random.chance(0.9)) return world.write(side, officer, (composer) => compose(composer, officer.as));
	const { grid } = world;
	const member = must(world.people.find((writer) => writer.role === 'member'));
	const stolen = world.random.chance(0.5) ? officer.as : undefined;
	const auth = world.random.chance(0.3) ? grid : member.auth;
	world.write(side, { ...member, auth }, (composer) => compose(composer, stolen), false);
}
type Compose = (composer: Parameters<Parameters<GeneratedLedger['write']>[2]>[0], as: RecordId | undefined) => unknown;

export const anyone = (world: GeneratedLedger): Writer =>
	must(world.random.pick(world.random.chance(0.8) || world.extra.length === 0 ? world.people : world.extra));

const invite: Act = (world, side) =>
	byOfficer(world, side, 'convener', (composer, as) => inviteMembers(composer, as, world.invitation.key.key, 9));

const join: Act = (world, side) => {
	const device = must(world.random.pick(world.newcomers));
	const auth = world.invitation.id;
	const pop = device.sign(possessionMessage(world.grid, auth, device.key));
	const proof = world.invitation.key.sign(invitationMessage(device.key));
	if (side.headOf(device.key, null) || !side.has(auth)) return;
	const newcomer: Writer = { device, auth, member: auth, as: undefined, role: 'member' };
	const card = { name: '后来的', building: '9号楼' };
	world.write(side, newcomer, (composer) => joinCorner(composer, { key: device.key, pop }, proof, card, SALT));
};

/** Also twice, so that a key may come to serve two members. */
const admit: Act = (world, side) => {
	const joined = world.random.pick(side.ofType('join').filter(({ auth }) => auth === world.invitation.id));
	if (!joined?.auth) return;
	const newcomer = { join: joined.id, key: joined.body.key, card: joined.body.card, invite: joined.auth };
	byOfficer(world, side, 'convener', (composer, as) => admitNewcomer(composer, as, newcomer, joined.body.pop));
};

const chair: Act = (world, side) => {
	const meeting = world.random.pick(side.ofType('meeting.convene'))?.id;
	const member = world.random.pick(side.ofType('member.add'))?.id;
	if (!meeting || !member) return;
	byOfficer(world, side, 'convener', (composer, as) => appointChair(composer, as, member, meeting));
};

const grant: Act = (world, side) => {
	const member = must(world.random.pick(side.ofType('member.add'))).id;
	if (world.random.chance(0.15)) return chair(world, side);
	const role = must(world.random.pick(OFFICES));
	const high = role === 'convener' || role === 'reviewer';
	const writer = high || world.random.chance(0.2) ? world.founder : world.writers('convener');
	world.write(side, writer, (composer) => grantRole(composer, writer.as, member, role));
	if (high)
		world.write(
			side,
			world.writers('convener'),
			(composer) => grantRole(composer, world.writers('convener').as, member, role),
			false,
		);
};

const topic: Act = (world, side) => {
	const procedure = { id: PROCEDURE.id, version: PROCEDURE.version, json: PROCEDURE_JSON };
	const title = `议题 ${side.size}`;
	world.write(side, anyone(world), (composer) => openTopic(composer, { title, source: 'resident', procedure }));
};

const stage: Act = (world, side) => {
	const about = world.random.pick(side.ofType('topic.open'))?.id;
	if (!about) return;
	const standing = currentOf(side.ofType('topic.stage').filter(({ body }) => body.topic === about));
	const after = world.random.chance(0.7) ? standing.map(({ id }) => id) : [];
	const next = must(world.random.pick(PROCEDURE.steps)).id;
	byOfficer(world, side, 'convener', (composer, as) =>
		composer.add('topic.stage', { ...cited(as), topic: about, stage: next, considered: [], after }),
	);
};

const freeze: Act = (world, side) => {
	const about = world.random.pick(side.ofType('topic.open'))?.id;
	const text = freezeText(textOf(`第 ${side.size} 稿`));
	if (!about || !text.ok) return;
	const standing = currentOf(side.ofType('text.freeze').filter(({ body }) => body.topic === about));
	const after = world.random.chance(0.8) ? standing.map(({ id }) => id) : [];
	byOfficer(world, side, 'secretary', (composer, as) => {
		const frozen = { topic: about, blob: composer.blob(text.value), snapshot: '00'.repeat(32), after };
		return composer.add('text.freeze', { ...cited(as), ...frozen });
	});
};

const convene: Act = (world, side) => {
	const topics = world.random.some(side.ofType('topic.open')).map(({ id }) => id);
	const after = world.random.chance(0.2)
		? side
				.ofType('meeting.convene')
				.slice(-1)
				.map(({ id }) => id)
		: [];
	const plan = { topics, time: '2015-10-21T19:00', place: '茶亭', after };
	byOfficer(world, side, 'convener', (composer, as) => composer.add('meeting.convene', { ...cited(as), ...plan }));
};

const meet: Act = (world, side) => {
	const meeting = world.random.pick(side.ofType('meeting.convene'))?.id;
	const type = must(world.random.pick(['meeting.open', 'meeting.end'] as const));
	if (!meeting) return;
	byOfficer(world, side, 'convener', (composer, as) => composer.add(type, { ...cited(as), meeting }));
};

const attend: Act = (world, side) => {
	const meeting = world.random.pick(side.ofType('meeting.convene'))?.id;
	if (!meeting) return;
	const present = [...foldRoster(new Standing(side, world.blob)).members.keys()].filter(() => world.random.chance(0.8));
	const standing = currentOf(side.ofType('meeting.attendance').filter(({ body }) => body.meeting === meeting));
	const after = world.random.chance(0.7) ? standing.map(({ id }) => id) : [];
	byOfficer(world, side, 'secretary', (composer, as) => {
		const blob = composer.blob(encodeIdList(present));
		return composer.add('meeting.attendance', { ...cited(as), meeting, present: blob, attendance: blob, after });
	});
};

/** How often each act is drawn follows from how often it stands here. */
export const ACTS: readonly Act[] = [
	...[invite, join, join, admit, admit, grant, topic, stage, stage, freeze, freeze],
	...[convene, meet, attend, ...POLL_ACTS, ...OUTCOME_ACTS, ...RIGHTS_ACTS],
];
