/**
 * `npm run fuzz [-- seed [cases [from]]]`: a million mutated records, files, frames and bytes, or as many as are asked
 * for. Prints the seed first, then how far it is. Ends with a sentence and a code when a reader throws, takes what it
 * must not, takes over a second, comes to no end, or when the process grows by 64 MiB.
 */
import { randomInt } from 'node:crypto';
import { isMainThread, parentPort, Worker, workerData as given } from 'node:worker_threads';
import { residentBytes, runCases, type Run } from './cases.ts';
import { makeCorpus } from './corpus.ts';

const GROWTH = 64 * 1024 * 1024;
const STUCK_MS = 20_000;
/** Cases between two reports. */
const ROUND = 25_000;

interface Work extends Run {
	/** The index of the case that runs: a reader that comes to no end is seen from outside. */
	readonly index: SharedArrayBuffer;
}

if (isMainThread) watch();
else await work(given as Work);

function watch(): void {
	const [seed = randomInt(2 ** 31), cases = 1_000_000, from = 0] = process.argv.slice(2).map(Number);
	console.log(`seed ${seed}, ${cases} cases from ${from}`);
	const index = new SharedArrayBuffer(4);
	const workerData: Work = { seed, cases, from, index };
	// Else the room for what is young, which Node widens as it likes, would be taken for growth.
	const resourceLimits = { maxYoungGenerationSizeMb: 16 };
	const worker = new Worker(new URL(import.meta.url), { workerData, resourceLimits });
	let [last, lastMoved] = [-1, performance.now()];
	const watching = setInterval(() => {
		const now = Atomics.load(new Int32Array(index), 0);
		if (now !== last) [last, lastMoved] = [now, performance.now()];
		if (performance.now() - lastMoved < STUCK_MS) return;
		console.error(`Case ${now} of seed ${seed} comes to no end`);
		process.exit(1);
	}, 1000);
	worker.on('message', (report: string) => console.log(report));
	worker.on('error', (failure: Error) => {
		console.error(failure.message);
		process.exitCode = 1;
	});
	worker.on('exit', () => clearInterval(watching));
}

async function work({ seed, cases, from, index }: Work): Promise<void> {
	const corpus = makeCorpus();
	const place = new Int32Array(index);
	const began = performance.now();
	let [warm, slowest] = [0, 0];
	for (let done = 0; done < cases; done += ROUND) {
		const round = { seed, from: from + done, cases: Math.min(ROUND, cases - done) };
		const outcome = await runCases(corpus, round, (at) => Atomics.store(place, 0, at));
		slowest = Math.max(slowest, outcome.slowest);
		const resident = residentBytes();
		if (warm === 0) warm = resident;
		report(done + round.cases, performance.now() - began, resident - warm, slowest);
		if (resident - warm > GROWTH) throw new Error(`The process grew by too much within seed ${seed}`);
	}
}

/** To the watching thread: the worker's own output waits for a pause that it does not make. */
function report(done: number, ms: number, growth: number, slowest: number): void {
	const rate = Math.round((done / ms) * 1000);
	const grown = (growth / 1024 / 1024).toFixed(1);
	parentPort?.postMessage(`${done} cases, ${rate}/s, grown by ${grown} MiB, slowest ${Math.round(slowest)} ms`);
}
