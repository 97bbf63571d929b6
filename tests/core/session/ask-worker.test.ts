import { expect, test } from 'vitest';
import { askWorker, type RecountWorker } from '#lib/session/outcome/ask-worker.ts';

const FILE = new Blob(['file']);
const VERDICT = { verdict: 'unreadable', code: 'file-broken' } as const;

/** What a test makes a worker do. */
class Told implements RecountWorker {
	given: unknown;
	ended = false;
	onmessage: RecountWorker['onmessage'] = null;
	onerror: RecountWorker['onerror'] = null;

	postMessage(file: unknown): void {
		this.given = file;
	}

	terminate(): void {
		this.ended = true;
	}

	says(data: unknown): void {
		this.onmessage?.call(this as never, new MessageEvent('message', { data }));
	}

	breaks(): void {
		this.onerror?.call(this as never, new Event('error') as never);
	}
}

function ask(signal = new AbortController().signal) {
	const worker = new Told();
	const progress: number[][] = [];
	const answer = askWorker(
		() => worker,
		FILE,
		(...said) => progress.push(said),
		signal,
	);
	return { worker, progress, answer };
}

test('[RECOUNT-2] a worker is given the file, says how far it is, and is ended after its verdict', async () => {
	const { worker, progress, answer } = ask();
	expect(worker.given).toBe(FILE);
	worker.says({ t: 'progress', done: 64, total: 200 });
	expect(worker.ended).toBe(false);
	worker.says({ t: 'verdict', verdict: VERDICT });
	expect(await answer).toEqual(VERDICT);
	expect({ progress, ended: worker.ended }).toEqual({ progress: [[64, 200]], ended: true });
});

test('[RECOUNT-2] whoever stops it ends the worker', async () => {
	const stop = new AbortController();
	const { worker, answer } = ask(stop.signal);
	stop.abort();
	expect(await answer).toBe('stopped');
	expect(worker.ended).toBe(true);
});

test('[RECOUNT-2] no worker, one that breaks down and one that says anything else: the page counts', async () => {
	const throwing = () => {
		throw new ReferenceError('Worker is not defined');
	};
	expect(await askWorker(throwing, FILE, () => {}, new AbortController().signal)).toBe('no-worker');
	const broken = ask();
	broken.worker.breaks();
	expect(await broken.answer).toBe('no-worker');
	for (const nonsense of [
		null,
		'verified',
		{ t: 'verdict' },
		{ t: 'verdict', verdict: { verdict: 'fine' } },
		{ t: 'x' },
	]) {
		const { worker, answer } = ask();
		worker.says(nonsense);
		expect(await answer).toBe('no-worker');
		expect(worker.ended).toBe(true);
	}
});
