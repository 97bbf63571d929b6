import { encodeCbor } from '#core/kernel/cbor.ts';
import { blobHash } from '#core/ledger/blobs.ts';
import { cited } from '#core/ledger/composer.ts';
import type { Ledger } from '#core/ledger/ledger.ts';
import { possessionMessage } from '#core/ledger/signatures.ts';
import { addPlace } from '#core/places/acts.ts';
import { PLACE_KINDS } from '#core/places/records.ts';
import { addOwnDevice, changeHome } from '#core/roster/device-acts.ts';
import { mayAuthor } from '#core/roster/permissions.ts';
import { cutListField, END_REASONS, REVOCATION_TYPES, type Cut } from '#core/roster/records.ts';
import { cutsAtHeads, keysBehind, type RevocationTarget } from '#core/validity/cutting.ts';
import { anyone, type Act } from './generated-acts.ts';
import type { GeneratedLedger, Writer } from './ledger-generator.ts';
import { must } from './must.ts';

const TARGETS = { 'device.revoke': 'device.add', 'member.end': 'member.add', 'role.end': 'role.grant' } as const;

/** An officer of any kind, the founder's key, or just anybody. */
function someAuthority(world: GeneratedLedger): Writer {
	if (world.random.chance(0.2)) return world.founder;
	const officers = world.people.filter(({ as }) => as !== undefined);
	return world.random.chance(0.5) ? must(world.random.pick(officers)) : { ...anyone(world), as: undefined };
}

const authorOf = (world: GeneratedLedger, { auth, as, role }: Writer) =>
	auth === world.grid ? 'founder' : as === undefined ? 'member' : role;

/** Everything so far, a part of it, one record of somebody else, or nothing. */
function someCuts(world: GeneratedLedger, side: Ledger, target: RevocationTarget): readonly Cut[] {
	const { random } = world;
	const heads = cutsAtHeads(side, keysBehind(side, target));
	if (random.chance(0.4)) return heads;
	const chain = [...side.all()].filter(({ by }) => heads.some(([key]) => key === by));
	const some = random.some(chain, 0.3).map(({ by, scope, id }): Cut => [by, scope, id]);
	return random.chance(0.8) ? some.slice(0, 20) : [];
}

const end: Act = (world, side) => {
	const { random } = world;
	const type = must(random.pick(REVOCATION_TYPES));
	const target = random.pick<RevocationTarget>(side.ofType(TARGETS[type]));
	const writer = someAuthority(world);
	if (!target || (target.id === writer.auth && random.chance(0.5))) return;
	const cuts = someCuts(world, side, target);
	const inBlob = random.chance(0.2);
	const listed = encodeCbor(cutListField.encode(cuts));
	const body = { target: target.id, cuts: inBlob ? [] : cuts, reason: must(random.pick(END_REASONS)) };
	world.write(
		side,
		writer,
		(composer) =>
			composer.add(type, { ...cited(writer.as), ...body, ...(inBlob ? { cutList: composer.blob(listed) } : {}) }),
		mayAuthor(type, authorOf(world, writer)),
	);
	// Nobody ever holds some of these lists.
	if (inBlob && random.chance(0.5)) world.blobs.delete(blobHash(listed));
};

const approveRight: Act = (world, side) => {
	const wanted = [...side.ofType('device.revoke'), ...side.ofType('member.end'), ...side.ofType('device.add')];
	const target = world.random.pick(wanted);
	if (!target) return;
	const writer = world.random.chance(0.4) ? world.founder : anyone(world);
	world.write(side, { ...writer, as: undefined }, (composer) =>
		composer.add('cosign', { target: target.id, kind: 'approve' }),
	);
};

/** A phone brought in by another one of the same member; from now on it writes too, and may bring in the next. */
const secondPhone: Act = (world, side) => {
	const owner = anyone(world);
	if (!side.has(owner.auth) || world.extra.length > 12) return;
	const device = must(world.random.pick(world.newcomers));
	const pop = device.sign(possessionMessage(world.grid, owner.auth, device.key));
	const { member } = owner;
	world.write(side, owner, (composer) => {
		const auth = addOwnDevice(composer, member, owner.auth, { key: device.key, pop });
		world.extra.push({ device, auth, member, as: undefined, role: 'member' });
	});
};

/** A phone that the registrar adds to somebody who has one. */
const phoneByOfficer: Act = (world, side) => {
	const joined = world.random.pick(side.ofType('join').filter(({ auth }) => auth === world.invitation.id));
	const registrar = world.writers('registrar');
	const member = must(world.random.pick(world.people)).member;
	const device = world.newcomers.find(({ key }) => key === joined?.body.key);
	if (!joined || !device) return;
	world.write(side, registrar, (composer) => {
		const { key, pop } = joined.body;
		const auth = composer.add('device.add', { ...cited(registrar.as), member, key, via: joined.id, pop });
		world.extra.push({ device, auth, member, as: undefined, role: 'member' });
	});
};

const newCard: Act = (world, side) => {
	const member = must(world.random.pick(side.ofType('member.add'))).id;
	const writer = someAuthority(world);
	const officer = ['founder', 'convener', 'registrar'].includes(authorOf(world, writer));
	const permitted = (officer || writer.member === member) && mayAuthor('member.card', authorOf(world, writer));
	const after = world.random.some(side.ofType('member.card'), 0.5).map(({ id }) => id);
	world.write(
		side,
		writer,
		(composer) =>
			composer.add('member.card', { ...cited(writer.as), member, card: composer.blob(world.salt()), after }),
		permitted,
	);
};

const newHome: Act = (world, side) => {
	const member = must(world.random.pick(side.ofType('member.add'))).id;
	const writer = someAuthority(world);
	const [courtyard, household] = world.random.some(side.ofType('place.add'), 0.3).map(({ id }) => id);
	const home = { ...(courtyard && { courtyard }), ...(household && { household }) };
	const homes = world.random.some(side.ofType('member.home'), 0.5).map(({ id }) => id);
	world.write(
		side,
		writer,
		(composer) => changeHome(composer, writer.as, { id: member, homes }, home),
		mayAuthor('member.home', authorOf(world, writer)),
	);
};

const place: Act = (world, side) => {
	const writer = world.writers(world.random.chance(0.8) ? 'registrar' : 'delegate');
	const parent = world.random.pick(side.ofType('place.add'))?.id;
	const kind = must(world.random.pick(PLACE_KINDS));
	const plan = { kind, name: `第 ${side.size} 处`, ...(parent === undefined ? {} : { parent }) };
	world.write(side, writer, (composer) => addPlace(composer, writer.as, plan), writer.role === 'registrar');
	if (parent === undefined || world.random.chance(0.7)) return;
	const registrar = world.writers('registrar');
	world.write(side, registrar, (composer) => composer.add('place.end', { ...cited(registrar.as), target: parent }));
};

/** A relay that carries, signs receipts, and may write nothing else. */
const relay: Act = (world, side) => {
	const { random } = world;
	const registrar = world.writers('registrar');
	const device = must(random.pick(world.newcomers));
	const held = random.pick(side.ofType('relay.add'));
	if (!held || random.chance(0.2)) {
		const entry = { key: device.key, name: '院里的中继', fingerprint: world.salt(32) };
		return world.write(side, registrar, (composer) => composer.add('relay.add', { ...cited(registrar.as), ...entry }));
	}
	const carrier = world.newcomers.find(({ key }) => key === held.body.key);
	if (!carrier) return;
	const writer: Writer = { device: carrier, auth: held.id, member: held.id, as: undefined, role: 'member' };
	const ids = random.some([...side.all()], 0.05).map(({ id }) => id);
	world.write(side, writer, (composer) => composer.add('receipt', { ids: ids.slice(0, 64) }));
	world.write(side, writer, (composer) => composer.add('cosign', { target: held.id, kind: 'approve' }), false);
	if (random.chance(0.2))
		world.write(side, registrar, (composer) => composer.add('relay.end', { ...cited(registrar.as), target: held.id }));
};

export const RIGHTS_ACTS: readonly Act[] = [
	...[
		end,
		end,
		end,
		approveRight,
		approveRight,
		secondPhone,
		secondPhone,
		phoneByOfficer,
		newCard,
		newHome,
		place,
		relay,
	],
];
