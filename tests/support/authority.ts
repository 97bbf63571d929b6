import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { encodeTextBlob } from '#core/ledger/blobs.ts';
import { Composer } from '#core/ledger/composer.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { invitationMessage, possessionMessage } from '#core/ledger/signatures.ts';
import { addOwnDevice, addDeviceOfMember } from '#core/roster/device-acts.ts';
import { approveRecord, endRight, type EndingPlan } from '#core/roster/ending-acts.ts';
import type { Capacity } from '#core/roster/ending-rules.ts';
import { grantRole, joinCorner } from '#core/roster/acts.ts';
import type { Cut } from '#core/roster/records.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import { openTopic } from '#core/topics/acts.ts';
import { cutsAtHeads } from '#core/validity/cutting.ts';
import { StoryCorner, type Person } from '../../server/cli/scenario/people.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import { PROCEDURE_JSON } from './council.ts';
import { forge, keep } from './forging.ts';
import { must } from './must.ts';

const PROCEDURE = { id: 'five-step-consultation', version: '1', json: PROCEDURE_JSON };
const DEVICE: Capacity = { under: 'device' };

/** A corner with officers of every rank, for tests of who may take away whose rights. */
export class Authority {
	readonly corner: StoryCorner;
	/** The founder, who is convener besides. */
	readonly wang: Person;

	/** `cofounders`: all of them and the founder make the quorum. */
	constructor(seed: string, cofounders: readonly string[] = []) {
		this.corner = new StoryCorner('演示·权限', '王芳', seed, Date.UTC(2015, 7, 3, 1), cofounders);
		this.wang = this.corner.founder;
	}

	/** A member in an office of any rank. */
	officer(name: string, role: GrantableRole): Person {
		const person = this.corner.welcome(name, '1号楼');
		this.corner.actAsFounder((composer) => grantRole(composer, undefined, person.member, role));
		return person;
	}

	member(name: string): Person {
		return this.corner.welcome(name, '2号楼');
	}

	/** Admitted by somebody else than the founder. */
	admittedBy(officer: Person, role: GrantableRole, name: string): Person {
		const { corner } = this;
		const device = corner.deviceFor(name);
		corner.join(name, '3号楼', device);
		const newcomer = must(corner.roster.newcomers.find(({ key }) => key === device.key));
		const { pop } = must(corner.ledger.find(newcomer.join, 'join')).body;
		const as = must(corner.grantOf(role, officer));
		const member = corner.act(officer, (composer) => {
			const added = composer.add('member.add', { as, card: newcomer.card, heads: 1, area: 0 });
			composer.add('device.add', { as, member: added, key: device.key, via: newcomer.join, pop });
			return added;
		});
		return { name, device, member };
	}

	/** Something any member writes, to see whether it stands. */
	say(person: Person, title = '一个议题'): RecordId {
		return this.corner.act(person, (composer) =>
			openTopic(composer, { title, source: 'resident', procedure: PROCEDURE }),
		);
	}

	/** The same, on a device whose `device.add` is known. */
	sayOn(device: SeededKey, auth: RecordId, title = '一个议题'): RecordId {
		return this.corner.actUnder(device, auth, (composer) =>
			openTopic(composer, { title, source: 'resident', procedure: PROCEDURE }),
		);
	}

	/** A record that follows `prev`, whatever else already does. */
	fork(device: SeededKey, auth: RecordId, prev: RecordId, title: string): RecordId {
		const { corner } = this;
		const before = must(corner.ledger.get(prev));
		const composer = new Composer(new Ledger(), { key: device.key, grid: corner.grid, auth }, corner.at);
		const procedure = { id: 'x', version: '1', hash: composer.blob(encodeTextBlob('x')) };
		const body = { title: composer.blob(encodeTextBlob(title)), source: 'resident' as const, procedure };
		const chain = { seq: before.seq + 1, prev, lc: before.lc + 1, auth };
		return keep(corner, forge(corner, device, 'topic.open', body, chain)).id;
	}

	grant(by: Person, as: RecordId | undefined, member: MemberId, role: GrantableRole): RecordId {
		return this.corner.act(by, (composer) => grantRole(composer, as, member, role));
	}

	/** A further phone, brought in by the first one. */
	secondPhone(person: Person, name = `${person.name}的第二部`): Person {
		const device = this.corner.deviceFor(name);
		const own = this.corner.authorityOf(person);
		const pop = device.sign(possessionMessage(this.corner.grid, own, device.key));
		this.corner.act(person, (composer) => addOwnDevice(composer, person.member, own, { key: device.key, pop }));
		return { name, device, member: person.member };
	}

	/** A further phone that an officer adds. Answers its `device.add`. */
	phoneByOfficer(officer: Person, role: GrantableRole, member: MemberId, device: SeededKey): RecordId {
		const { corner } = this;
		const as = must(corner.grantOf(role, officer));
		const newcomer = this.#join(device);
		const { pop } = must(corner.ledger.find(newcomer.join, 'join')).body;
		return corner.act(officer, (composer) => addDeviceOfMember(composer, as, member, newcomer, pop));
	}

	approve(by: Person, target: RecordId, capacity: Capacity = DEVICE): RecordId {
		return this.corner.act(by, (composer) => approveRecord(composer, capacity, target));
	}

	/** A founder's key signs, which need not belong to a member. */
	approveAsFounder(device: SeededKey, target: RecordId): RecordId {
		const { corner } = this;
		return corner.actUnder(device, corner.grid, (composer) => approveRecord(composer, DEVICE, target));
	}

	office(person: Person, role: GrantableRole): Capacity {
		return { under: 'office', as: must(this.corner.grantOf(role, person)) };
	}

	/** Ends the right of a device: what is held of it so far stands, unless `cuts` says otherwise. */
	revokeDevice(by: Person, capacity: Capacity, of: Person, cuts?: readonly Cut[]): RecordId {
		const target = this.addOf(of);
		return this.end(by, capacity, { type: 'device.revoke', target, cuts: cuts ?? this.heads(of), reason: 'stolen' });
	}

	/** The `device.add` of a phone, also of one that was revoked. */
	addOf({ device }: Person): RecordId {
		return must(this.corner.ledger.ofType('device.add').find(({ body }) => body.key === device.key)).id;
	}

	end(by: Person, capacity: Capacity, plan: EndingPlan): RecordId {
		return this.corner.act(by, (composer) => endRight(composer, capacity, plan));
	}

	endAsFounder(plan: EndingPlan): RecordId {
		return this.corner.actAsFounder((composer) => endRight(composer, DEVICE, plan));
	}

	heads(...people: readonly Person[]): readonly Cut[] {
		return cutsAtHeads(
			this.corner.ledger,
			people.map(({ device }) => device.key),
		);
	}

	#join(device: SeededKey) {
		const { corner } = this;
		const invite = corner.invite();
		const pop = device.sign(possessionMessage(corner.grid, invite.id, device.key));
		const proof = invite.key.sign(invitationMessage(device.key));
		const card = { name: '新手机', building: '2号楼' };
		const join = corner.actUnder(device, invite.id, (composer) =>
			joinCorner(composer, { key: device.key, pop }, proof, card, corner.salt(device.key)),
		);
		return { join, key: device.key, card: must(corner.ledger.find(join, 'join')).body.card, invite: invite.id };
	}
}
