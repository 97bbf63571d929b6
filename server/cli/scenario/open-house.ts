import type { RecordId } from '#core/kernel/ids.ts';
import { formatInvitation } from '#core/roster/invitation.ts';
import { admitNewcomer, grantRole, inviteMembers } from '#core/roster/acts.ts';
import type { GrantableRole } from '#core/roster/roles.ts';
import type { StoryCorner } from './people.ts';
import { SeededKey } from './seeded-key.ts';
import type { StoryClient } from './story-client.ts';

/** One kind of guest, with the roles they are given as soon as they have joined. */
export interface Guest {
	readonly label: string;
	readonly roles: readonly GrantableRole[];
	/** The home they are entered in. */
	readonly household?: RecordId;
}

export const GUESTS: readonly Guest[] = [
	{ label: '召集人 convener ', roles: ['convener'] },
	{ label: '监票人 teller   ', roles: ['teller', 'secretary'] },
	{ label: '居民 member     ', roles: [] },
];

/**
 * Invitations by role, and a convener who admits everybody who comes with one: the ordinary way in, only quicker.
 * Answers the fragment of each guest's link.
 */
export async function openHouse(corner: StoryCorner, client: StoryClient, guests = GUESTS): Promise<readonly string[]> {
	const guestByInvite = new Map<RecordId, Guest>();
	const links = guests.map((guest) => {
		const { fragment, invite } = inviteGuest(corner, guest.label);
		guestByInvite.set(invite, guest);
		return fragment;
	});
	await client.offerAll();
	client.onNews(() => void welcomeAll(corner, client, guestByInvite));
	return links;
}

function inviteGuest(corner: StoryCorner, label: string): { readonly fragment: string; readonly invite: RecordId } {
	const secret = Buffer.from(corner.salt(`guest ${label}`)).toString('hex');
	const key = SeededKey.ofInvitation(secret);
	const as = corner.grantOf('convener');
	const invite = corner.act(corner.founder, (composer) => inviteMembers(composer, as, key.key, 1000));
	return { invite, fragment: formatInvitation({ grid: corner.grid, invite, secret }) };
}

async function welcomeAll(
	corner: StoryCorner,
	client: StoryClient,
	guestByInvite: ReadonlyMap<RecordId, Guest>,
): Promise<void> {
	corner.at = Date.now();
	for (const newcomer of corner.state.roster.newcomers) {
		const join = corner.ledger.find(newcomer.join, 'join');
		const guest = guestByInvite.get(newcomer.invite);
		if (!join || !guest) continue;
		const { roles, household } = guest;
		const home = household === undefined ? {} : { household };
		const as = corner.grantOf('convener');
		const member = corner.act(corner.founder, (composer) => admitNewcomer(composer, as, newcomer, join.body.pop, home));
		for (const role of roles) giveRole(corner, member, role);
	}
	await client.offerAll();
}

/** The founder key stands above every role, so that a guest can be a convener too. */
function giveRole(corner: StoryCorner, member: RecordId, role: GrantableRole): void {
	corner.actAsFounder((composer) => grantRole(composer, undefined, member, role));
}
