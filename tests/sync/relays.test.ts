import { afterEach, beforeEach, test, vi } from 'vitest';
import { Simulation } from '../support/simulation/simulation.ts';
import { stopTime } from '../support/simulation/time.ts';

/** `npm run simulate` tries 500; SEED=… tries one again. */
const RUNS = Number(process.env['SIMULATIONS'] ?? 50);
const FIRST = Number(process.env['SEED'] ?? 1);
const seeds = Array.from({ length: process.env['SEED'] === undefined ? RUNS : 1 }, (_, index) => FIRST + index);

beforeEach(stopTime);
afterEach(() => void vi.useRealTimers());

test(
	`[LINK-6] ${seeds.length} times 2 to 6 relays come to hold the same, then fall silent, and have stored each record once`,
	async () => {
		for (const seed of seeds) await simulate(seed);
	},
	seeds.length * 10_000,
);

async function simulate(seed: number): Promise<void> {
	const simulation = new Simulation(seed);
	try {
		await simulation.begin();
		await simulation.run();
		await simulation.settle();
	} catch (failure) {
		throw new Error(`SEED=${seed} fails: ${String(failure)}`, { cause: failure });
	} finally {
		await simulation.end();
	}
}
