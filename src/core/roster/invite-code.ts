import { err, ok, type Result } from '../kernel/result.ts';

/**
 * A code to be said aloud or copied from a wall (LEDGER 2, "Invite codes"). It is no invitation: it finds one at the
 * relay, for a day, and opens it.
 */
export interface InviteCode {
	/** The first three characters: where the relay keeps it. No secret. */
	readonly locator: string;
	/** All eight characters, from which the key is derived. */
	readonly whole: string;
}

/** CODE-1: nothing that is read as something else: no 0 O 1 I L, and of 2 Z, 5 S, 8 B, U V only the first. */
export const CODE_ALPHABET = '23456789ACDEFGHJKMNPQRTUWXY';
export const CODE_LENGTH = 8;
const LOCATOR_LENGTH = 3;
const CODE = new RegExp(`^[${CODE_ALPHABET}]{${CODE_LENGTH}}$`);

/** CODE-1: reads what somebody typed: any case, with spaces and hyphens anywhere. */
export function parseInviteCode(typed: string): Result<InviteCode, 'code-malformed'> {
	const whole = typed.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
	return CODE.test(whole) ? ok({ locator: whole.slice(0, LOCATOR_LENGTH), whole }) : err('code-malformed');
}

/** In two groups, as it is read aloud. */
export const formatInviteCode = ({ whole }: InviteCode): string => `${whole.slice(0, 4)} ${whole.slice(4)}`;

/**
 * Makes a code of random bytes, each used once and uniformly; undefined when too many of them had to be left out, and
 * the caller gives more. 32 bytes are enough but once in a million times.
 */
export function inviteCodeFrom(random: Uint8Array): InviteCode | undefined {
	const bound = 256 - (256 % CODE_ALPHABET.length);
	const usable = [...random].filter((byte) => byte < bound).slice(0, CODE_LENGTH);
	const whole = usable.map((byte) => CODE_ALPHABET[byte % CODE_ALPHABET.length]).join('');
	const parsed = parseInviteCode(whole);
	return parsed.ok ? parsed.value : undefined;
}
