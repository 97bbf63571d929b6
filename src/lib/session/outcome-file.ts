import { CARRIED_FILE_LIMITS } from '#core/bundle/carried-file.ts';
import { verifyOutcome, type OutcomeVerdict } from '#core/bundle/verify.ts';
import { gunzip, knowsGzip } from '#lib/adapters/gzip.ts';
import { verify } from '#lib/adapters/signer.ts';

export type FileVerdict =
	OutcomeVerdict | { readonly verdict: 'unreadable'; readonly code: 'file-needs-newer-browser' };
type Progress = (done: number, total: number) => void;

const REFUSALS = { 'not-gzip': 'file-not-ours', broken: 'file-broken', 'too-large': 'file-too-large' } as const;

/** BUNDLE-10: counts an outcome file again on this device: no network, no corner, no key. */
export async function checkOutcomeFile(file: Blob, progress: Progress): Promise<FileVerdict> {
	if (!knowsGzip()) return { verdict: 'unreadable', code: 'file-needs-newer-browser' };
	const bytes = await gunzip(file, CARRIED_FILE_LIMITS.bytes);
	if (!bytes.ok) return { verdict: 'unreadable', code: REFUSALS[bytes.error] };
	return verifyOutcome(bytes.value, { isTrue: verify, progress: (...done) => breathe(progress, ...done) });
}

/** Lets the page show it before the next records are judged. */
async function breathe(progress: Progress, done: number, total: number): Promise<void> {
	progress(done, total);
	await new Promise((resolve) => setTimeout(resolve));
}
