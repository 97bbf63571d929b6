import { setTimeout as pause } from 'node:timers/promises';

/** Runs an assertion again and again until it holds; after `ms` its last failure is the test's failure. */
export async function eventually<T>(assertion: () => T | Promise<T>, ms = 5000): Promise<T> {
	const deadline = performance.now() + ms;
	for (;;) {
		try {
			return await assertion();
		} catch (failure) {
			if (performance.now() > deadline) throw failure;
			await pause(20);
		}
	}
}
