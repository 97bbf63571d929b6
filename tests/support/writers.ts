import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import type { Envelope } from '#core/ledger/record.ts';
import type { RecordType } from '#core/ledger/registry.ts';
import { appointChair, grantRole } from '#core/roster/acts.ts';
import type { Author } from '#core/roster/permissions.ts';
import { GRANTABLE_ROLES } from '#core/roster/roles.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';
import { forge } from './forging.ts';
import type { Scene } from './scene.ts';

/** A device under one authority, and the grant it cites when it cites one. */
export interface Writer {
	readonly device: SeededKey;
	readonly member: MemberId;
	readonly auth: RecordId;
	readonly as?: RecordId;
}

/** Somebody of every kind that can sign, in the scene; brings them in where the scene has none. */
export function writerFor(scene: Scene, author: Author): Writer {
	const { corner, convener, chen, sun } = scene.council;
	const { member } = convener;
	if (author === 'founder') return { device: scene.founderKey, member, auth: corner.grid };
	if (author === 'newcomer') return { device: corner.deviceFor('新来的'), member, auth: scene.invite.id };
	if (author === 'relay') return { device: scene.relay.key, member, auth: scene.relay.id };
	if (author === 'poll-station') return { ...sun, auth: corner.authorityOf(sun) };
	if (author === 'poll-teller') return { ...chen, auth: corner.authorityOf(chen) };
	const person = corner.welcome(`${author} 一人`, '9号楼');
	const writer = { ...person, auth: corner.authorityOf(person) };
	const role = GRANTABLE_ROLES.find((role) => role === author);
	if (!role) return writer;
	const as = corner.actAsFounder((composer) =>
		role === 'chair'
			? appointChair(composer, undefined, person.member, scene.meeting)
			: grantRole(composer, undefined, person.member, role, scene.courtyard),
	);
	return { ...writer, as };
}

/** A plausible record of a type, signed by this writer, whether it may or not. */
export function writtenBy(
	scene: Scene,
	type: RecordType,
	{ device, member, auth, as }: Writer,
	envelope: Partial<Envelope> = {},
): Uint8Array {
	const via = auth === scene.invite.id || auth === scene.relay.id ? scene.device : auth;
	const bare = scene.bodies(device, member, via)[type];
	const body = as === undefined || type === 'join' ? bare : { as, ...bare };
	return forge(scene.council.corner, device, type, body, { auth, scope: scene.scopeOf(type), ...envelope });
}
