import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Random } from '../support/random.ts';
import type { Corpus } from './corpus.ts';
import { TARGETS } from './targets.ts';

/** A run: case `index` depends on nothing but the seed and its index. */
export interface Run {
	readonly seed: number;
	readonly from: number;
	readonly cases: number;
}
export interface Outcome {
	readonly cases: number;
	readonly milliseconds: number;
	/** The longest case, in milliseconds of this thread's own work: others may be using the machine. */
	readonly slowest: number;
	/** Bytes by which the process grew after its first cases, when nothing that could be let go is left. */
	readonly growth: number;
}

/** Longer than any honest input takes by far. */
const SLOW_MS = 1000;
/** After so many cases everything is compiled and loaded that ever will be. */
const WARM = 2000;

/** Throws a sentence that names the case when a reader throws, takes over a second, or takes what it must not. */
export async function runCases(corpus: Corpus, run: Run, began: (index: number) => void = () => {}): Promise<Outcome> {
	const start = performance.now();
	let [slowest, warm] = [0, residentBytes()];
	for (let index = run.from; index < run.from + run.cases; index++) {
		began(index);
		const before = process.threadCpuUsage();
		await runCase(corpus, run.seed, index);
		const took = process.threadCpuUsage(before).user / 1000;
		if (took > SLOW_MS) throw new Error(`Case ${index} of seed ${run.seed} took ${Math.round(took)} ms`);
		slowest = Math.max(slowest, took);
		if (index - run.from === WARM) warm = residentBytes();
	}
	const milliseconds = performance.now() - start;
	return { cases: run.cases, milliseconds, slowest, growth: residentBytes() - warm };
}

async function runCase(corpus: Corpus, seed: number, index: number): Promise<void> {
	const random = new Random(Math.imul(seed, 0x9e3779b1) + Math.imul(index, 0x85ebca6b));
	const [name, , target] = drawn(random);
	const fault = await Promise.resolve(target(random, corpus)).catch((thrown: unknown) => String(thrown));
	if (fault !== undefined) throw new Error(`Case ${index} of seed ${seed} (${name}): ${fault}`);
}

function drawn(random: Random): (typeof TARGETS)[number] {
	let left = random.below(TARGETS.reduce((sum, [, share]) => sum + share, 0));
	const found = TARGETS.find(([, share]) => (left -= share) < 0);
	if (!found) throw new Error('The shares of the targets do not add up');
	return found;
}

/** After a full collection, which Node gives only when asked for by a flag. */
export function residentBytes(): number {
	setFlagsFromString('--expose-gc');
	(runInNewContext('gc') as () => void)();
	return process.memoryUsage().rss;
}
