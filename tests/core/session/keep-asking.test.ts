import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keepAsking } from '#lib/session/keep-asking.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('[WAIT-1] a phone that waits for a yes asks after longer and longer waits, up to 20 seconds, until it is let in', () => {
	const asked: number[] = [];
	const began = Date.now();
	const stop = keepAsking(
		() => asked.push(Date.now() - began),
		() => 0.999_999,
	);
	vi.advanceTimersByTime(80_000);
	expect(asked).toEqual([5000, 15_000, 35_000, 55_000, 75_000]);
	stop();
	vi.advanceTimersByTime(80_000);
	expect(asked).toHaveLength(5);
});

test('[WAIT-1] it never asks as often as every two seconds', () => {
	let asked = 0;
	const stop = keepAsking(
		() => asked++,
		() => 0,
	);
	vi.advanceTimersByTime(60_000);
	stop();
	expect(asked).toBeLessThan(10);
});
