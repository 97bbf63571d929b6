import type { OutcomeVerdict } from '#core/bundle/verify.ts';
import { knowsGzip } from '#lib/adapters/gzip.ts';
import { askWorker } from './outcome/ask-worker.ts';

export type FileVerdict =
	OutcomeVerdict | { readonly verdict: 'unreadable'; readonly code: 'file-needs-newer-browser' };
type Progress = (done: number, total: number) => void;

/**
 * BUNDLE-10, RECOUNT-2: counts an outcome file again on this device: no network, no corner, no key. undefined: `signal`
 * stopped it, because the page was left or another file was chosen.
 */
export async function checkOutcomeFile(
	file: Blob,
	progress: Progress,
	signal: AbortSignal,
): Promise<FileVerdict | undefined> {
	if (!knowsGzip()) return { verdict: 'unreadable', code: 'file-needs-newer-browser' };
	const answer = await askWorker(startWorker, file, progress, signal);
	if (answer === 'stopped') return undefined;
	return answer === 'no-worker' ? countHere(file, progress, signal) : answer;
}

const startWorker = () => new Worker(new URL('./outcome/worker.ts', import.meta.url), { type: 'module' });

/** The same on the page itself, which is shown in between. */
async function countHere(file: Blob, progress: Progress, signal: AbortSignal): Promise<FileVerdict | undefined> {
	const { countAgain } = await import('./outcome/count-again.ts');
	const breathe = async (done: number, total: number) => {
		signal.throwIfAborted();
		progress(done, total);
		await new Promise((resolve) => setTimeout(resolve));
	};
	return countAgain(file, breathe).catch((failure: unknown) => {
		if (signal.aborted) return undefined;
		throw failure;
	});
}
