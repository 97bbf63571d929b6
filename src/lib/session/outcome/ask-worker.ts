import { parseRecountMessage } from '#core/bundle/recount-messages.ts';
import type { OutcomeVerdict } from '#core/bundle/verify.ts';

/** What is needed of a `Worker`. */
export type RecountWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror'>;

/**
 * RECOUNT-2: has a worker count the file again, and ends it afterwards, or when `signal` says so (`stopped`). `no-worker`:
 * this browser cannot start it, or it broke down; the page has to count for itself.
 */
export function askWorker(
	start: () => RecountWorker,
	file: Blob,
	progress: (done: number, total: number) => void,
	signal: AbortSignal,
): Promise<OutcomeVerdict | 'no-worker' | 'stopped'> {
	const worker = started(start);
	if (!worker) return Promise.resolve('no-worker');
	return new Promise((resolve) => {
		const end = (answer: OutcomeVerdict | 'no-worker' | 'stopped') => {
			worker.terminate();
			resolve(answer);
		};
		signal.addEventListener('abort', () => end('stopped'), { once: true });
		worker.onerror = () => end('no-worker');
		worker.onmessage = ({ data }) => {
			const message = parseRecountMessage(data);
			if (message?.t === 'progress') progress(message.done, message.total);
			else end(message?.verdict ?? 'no-worker');
		};
		worker.postMessage(file);
	});
}

/** Old browsers throw; those that know workers and no modules in them say so as an error of the script. */
function started(start: () => RecountWorker): RecountWorker | undefined {
	try {
		return start();
	} catch {
		return undefined;
	}
}
