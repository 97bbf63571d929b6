import { fromHex, toHex } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { formatInviteCode, inviteCodeFrom, parseInviteCode, type InviteCode } from '#core/roster/invite-code.ts';
import { checkOf, type CodeRefusal } from '#core/wire/rendezvous.ts';
import { deriveCodeKey, seal, unseal } from '#lib/adapters/code-cipher.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { depositSealed, takeSealed, type MeetingRefusal } from '#lib/adapters/rendezvous.ts';

/** A locator may be in use by somebody else; there are nineteen thousand. */
const ATTEMPTS = 5;

/** A code as it is read aloud, and when the relay forgets it, in milliseconds since 1970. */
export interface SpokenCode {
	readonly code: string;
	readonly until: number;
}

/**
 * CODE-4: leaves an invitation (what a link carries in its fragment, at most 900 bytes) at the relay, sealed, and answers
 * the code that finds and opens it for a day. Takes about a second.
 */
export async function depositCode(
	invitationText: string,
	origin = location.origin,
): Promise<Result<SpokenCode, CodeRefusal>> {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		const code = freshCode();
		const key = await deriveCodeKey(code);
		const check = checkOf(key.verifier);
		const sealed = toHex(await seal(key, invitationText));
		const deposited = await depositSealed(origin, { locator: code.locator, check, sealed });
		if (deposited.ok) return ok({ code: formatInviteCode(code), until: deposited.value.until });
		if (deposited.error !== 'code-taken') return err(refusalOf(deposited.error));
	}
	return err('relay-full');
}

/** CODE-5: the invitation behind what somebody typed. Takes about a second. */
export async function takeCode(typed: string, origin = location.origin): Promise<Result<string, CodeRefusal>> {
	const code = parseInviteCode(typed);
	if (!code.ok) return code;
	const key = await deriveCodeKey(code.value);
	const taken = await takeSealed(origin, { locator: code.value.locator, verifier: key.verifier });
	if (!taken.ok) return err(refusalOf(taken.error));
	const invitation = await unseal(key, fromHex(taken.value.sealed));
	return invitation === undefined ? err('code-unknown') : ok(invitation);
}

function freshCode(): InviteCode {
	for (;;) {
		const code = inviteCodeFrom(randomBytes(32));
		if (code) return code;
	}
}

/** A relay that finds our own request malformed is of another version: for a person, out of reach. */
function refusalOf(refusal: MeetingRefusal): CodeRefusal {
	return refusal === 'request-malformed' || refusal === 'code-taken' ? 'relay-unreachable' : refusal;
}
