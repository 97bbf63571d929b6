import { toHex, type MemberId, type RecordId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { addWithoutDevice, admitNewcomer, grantRole, inviteMembers } from '#core/roster/acts.ts';
import { formatInvitation, invitationSeed } from '#core/roster/invitation.ts';
import type { Card } from '#core/roster/records.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import { mayGrantRole, permission } from '#core/roster/rules.ts';
import type { Newcomer } from '#core/roster/state.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { keyFromSeed } from '#lib/adapters/signer.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<T> = Promise<Result<T, WriteRefusal | 'not-permitted' | 'blob-missing'>>;
const ADVISED_USES = 300;

/** Makes an invitation; answers the fragment of its link, which exists nowhere else. */
export async function invite(workspace: Workspace): Outcome<string> {
	const allowed = permission(workspace.state.roster, workspace.me, 'invite');
	if (!allowed.ok) return allowed;
	const secret = toHex(randomBytes(16));
	const { key } = await keyFromSeed(invitationSeed(secret));
	const written = await workspace.write((composer) => inviteMembers(composer, allowed.value, key, ADVISED_USES));
	return written.ok ? ok(formatInvitation({ grid: workspace.corner.grid, invite: written.value, secret })) : written;
}

/** Puts a waiting newcomer on the roster. */
export async function admit(workspace: Workspace, newcomer: Newcomer): Outcome<MemberId> {
	const allowed = permission(workspace.state.roster, workspace.me, 'member.add');
	if (!allowed.ok) return allowed;
	const join = workspace.ledger.find(newcomer.join, 'join');
	if (!join) return err('blob-missing');
	return workspace.write((composer) => admitNewcomer(composer, allowed.value, newcomer, join.body.pop));
}

/** A member without a phone, to be counted by hand. */
export async function addMemberWithoutDevice(workspace: Workspace, card: Card): Outcome<MemberId> {
	const allowed = permission(workspace.state.roster, workspace.me, 'member.add');
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => addWithoutDevice(composer, allowed.value, card, randomBytes(16)));
}

export async function giveRole(workspace: Workspace, member: MemberId, role: GrantableRole): Outcome<RecordId> {
	const allowed = mayGrantRole(workspace.state.roster, workspace.me, role);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => grantRole(composer, allowed.value, member, role));
}
