import { CARRIED_FILE_LIMITS } from '#core/bundle/carried-file.ts';
import { verifyOutcome, type OutcomeVerdict } from '#core/bundle/verify.ts';
import type { GridId } from '#core/kernel/ids.ts';
import { Verifier } from '../ed25519.ts';
import { unpack } from './unpack.ts';

/** BUNDLE-7: what `npm run verify-outcome` says of a file on this disk. Throws where there is none. */
export async function judgeOutcome(path: string, grid: GridId | undefined): Promise<OutcomeVerdict> {
	const bytes = await unpack(path, CARRIED_FILE_LIMITS.bytes);
	if (!bytes.ok) return { verdict: 'unreadable', code: bytes.error };
	const verifier = new Verifier();
	return verifyOutcome(bytes.value, { isTrue: (check) => verifier.isTrueAside(check), grid });
}
