import { test } from '@playwright/test';

const stages: (readonly [name: string, seconds: number])[] = [];

/** A step of a story whose seconds are told at its end. */
export async function stage(name: string, work: () => Promise<void>): Promise<void> {
	await test.step(name, async () => {
		const seconds = await secondsOf(work);
		stages.push([name, seconds]);
	});
}

export async function secondsOf(work: () => Promise<void>): Promise<number> {
	const began = performance.now();
	await work();
	return (performance.now() - began) / 1000;
}

export function tellStages(): void {
	for (const [name, seconds] of stages) console.log(`${seconds.toFixed(1).padStart(8)} s  ${name}`);
}
