import { toHex, type MemberId, type RecordId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { addWithoutDevice, admitNewcomer, grantRole, inviteMembers, type Home } from '#core/roster/acts.ts';
import { changeCard, changeHome } from '#core/roster/device-acts.ts';
import { formatInvitation, invitationSeed } from '#core/roster/invitation.ts';
import type { Card } from '#core/roster/records.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import {
	boundCourtyard,
	mayAppoint,
	mayChangeCard,
	permission,
	type NotPermitted,
	type Permission,
} from '#core/roster/rules.ts';
import type { CouncilMember, Newcomer } from '#core/roster/state.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { keyFromSeed } from '#lib/adapters/signer.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<T> = Promise<Result<T, WriteRefusal | 'not-permitted' | 'blob-missing'>>;
const ADVISED_USES = 300;

/** Makes an invitation; answers the fragment of its link, which exists nowhere else. */
export async function invite(workspace: Workspace, courtyard?: RecordId): Outcome<string> {
	const allowed = permission(workspace.state.roster, workspace.me, 'invite');
	if (!allowed.ok) return allowed;
	const into = courtyardFor(workspace, allowed.value, courtyard);
	const secret = toHex(randomBytes(16));
	const { key } = await keyFromSeed(invitationSeed(secret));
	const written = await workspace.write((composer) => inviteMembers(composer, allowed.value, key, ADVISED_USES, into));
	return written.ok ? ok(formatInvitation({ grid: workspace.corner.grid, invite: written.value, secret })) : written;
}

/** Puts a waiting newcomer on the roster. */
export async function admit(workspace: Workspace, newcomer: Newcomer, home: Home = {}): Outcome<MemberId> {
	const allowed = permission(workspace.state.roster, workspace.me, 'member.add');
	if (!allowed.ok) return allowed;
	const join = workspace.ledger.find(newcomer.join, 'join');
	if (!join) return err('blob-missing');
	const at = homeFor(workspace, allowed.value, home);
	return workspace.write((composer) => admitNewcomer(composer, allowed.value, newcomer, join.body.pop, at));
}

/** A member without a phone, to be counted by hand. */
export async function addMemberWithoutDevice(workspace: Workspace, card: Card, home: Home = {}): Outcome<MemberId> {
	const allowed = permission(workspace.state.roster, workspace.me, 'member.add');
	if (!allowed.ok) return allowed;
	const at = homeFor(workspace, allowed.value, home);
	return workspace.write((composer) => addWithoutDevice(composer, allowed.value, card, randomBytes(16), at));
}

/** `courtyard`: where a delegate's right holds. */
export async function giveRole(
	workspace: Workspace,
	member: MemberId,
	role: GrantableRole,
	courtyard?: RecordId,
): Promise<Result<RecordId, WriteRefusal | NotPermitted | 'courtyard-needed'>> {
	const allowed = mayAppoint(workspace.state.roster, workspace.me, role, courtyard);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => grantRole(composer, allowed.value, member, role, courtyard));
}

/**
 * Who a member is and where he lives, from now on; what was before stays in the ledger. Only what differs is written,
 * and asked for: a member changes the own card, and moving is for who keeps the roster (PEOPLE-3, PLACE-4).
 */
export async function changeMember(
	workspace: Workspace,
	member: CouncilMember,
	{ card, home }: { readonly card: Card; readonly home: Home },
): Outcome<void> {
	const { roster } = workspace.state;
	const mayCard = mayChangeCard(roster, workspace.me, member.id);
	const mayMove = permission(roster, workspace.me, 'member.home');
	const renamed = !sameCard(card, workspace.card(member.card));
	const moved = home.courtyard !== member.courtyard || home.household !== member.household;
	if (renamed && !mayCard.ok) return mayCard;
	if (moved && !mayMove.ok) return mayMove;
	if (!renamed && !moved) return ok(undefined);
	return workspace.write((composer) => {
		if (renamed && mayCard.ok) changeCard(composer, mayCard.value, member, card, randomBytes(16));
		if (moved && mayMove.ok) changeHome(composer, mayMove.value, member, home);
	});
}

const sameCard = (card: Card, held: Card | undefined): boolean =>
	card.name === held?.name && card.building === held.building && card.title === held.title;

function homeFor(workspace: Workspace, as: Permission, { courtyard, household }: Home): Home {
	const own = courtyardFor(workspace, as, courtyard);
	return { ...(own && { courtyard: own }), ...(household && { household }) };
}

/** A delegate brings people into the own courtyard, whatever was chosen. */
function courtyardFor({ state }: Workspace, as: Permission, chosen: RecordId | undefined): RecordId | undefined {
	return boundCourtyard(state.roster, as) ?? chosen;
}
