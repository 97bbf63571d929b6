import { isHex32, labelledHash, fromHex, type GridId, type RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** What an invitation link carries in its fragment: never sent to a server, never in a log. */
export interface Invitation {
	readonly grid: GridId;
	readonly invite: RecordId;
	/** 128 bits as hex; the invitation's signing key is derived from it. */
	readonly secret: string;
}

const SECRET = /^[0-9a-f]{32}$/;

export const formatInvitation = ({ grid, invite, secret }: Invitation): string => `${grid}.${invite}.${secret}`;

/** JOIN-1: reads the fragment of a link, with or without its leading '#'. */
export function parseInvitation(fragment: string): Result<Invitation, 'invitation-malformed'> {
	const [grid = '', invite = '', secret = '', ...rest] = fragment.replace(/^#/, '').trim().toLowerCase().split('.');
	const wellFormed = isHex32(grid) && isHex32(invite) && SECRET.test(secret) && rest.length === 0;
	return wellFormed ? ok({ grid: grid as GridId, invite: invite as RecordId, secret }) : err('invitation-malformed');
}

/** The 32-byte seed of the invitation's Ed25519 key. */
export function invitationSeed(secret: string): Uint8Array {
	return fromHex(labelledHash('council-corner/invite-seed/1', fromHex(secret)));
}
