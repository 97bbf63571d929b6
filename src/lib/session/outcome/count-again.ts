import { CARRIED_FILE_LIMITS } from '#core/bundle/carried-file.ts';
import type { VerifyProgress } from '#core/bundle/readmission.ts';
import { verifyOutcome, type OutcomeVerdict } from '#core/bundle/verify.ts';
import { gunzip } from '#lib/adapters/gzip.ts';
import { verify } from '#lib/adapters/signer.ts';

const REFUSALS = { 'not-gzip': 'file-not-ours', broken: 'file-broken', 'too-large': 'file-too-large' } as const;

/** Unpacks the file and judges it; the same in a worker and on the page. */
export async function countAgain(file: Blob, progress: VerifyProgress): Promise<OutcomeVerdict> {
	const bytes = await gunzip(file, CARRIED_FILE_LIMITS.bytes);
	if (!bytes.ok) return { verdict: 'unreadable', code: REFUSALS[bytes.error] };
	return verifyOutcome(bytes.value, { isTrue: verify, progress });
}
