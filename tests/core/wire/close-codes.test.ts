import { expect, test } from 'vitest';
import { afterClose, closeReasonOf, CLOSINGS, waitBeforeRetry } from '#core/wire/close-codes.ts';

test('[WIRE-2] a refusal for good is 44xx, one that may pass is 45xx', () => {
	for (const { code, then } of Object.values(CLOSINGS)) {
		expect(Math.floor(code / 100)).toBe(then === 'stop' ? 44 : 45);
	}
});

test('[CLOSE-1] every code says what to do after it, and each is used once', () => {
	const codes = Object.values(CLOSINGS).map(({ code }) => code);
	expect(new Set(codes).size).toBe(codes.length);
	expect(closeReasonOf(4403)).toBe('forbidden');
	expect([4400, 4403, 4404].map(afterClose)).toEqual(['stop', 'stop', 'stop']);
	expect([4500, 4503, 4504].map(afterClose)).toEqual(['retry', 'retry', 'retry']);
	expect([4507, 4529].map(afterClose)).toEqual(['rest', 'rest']);
});

test('[CLOSE-1] a code of a newer relay is final as its hundreds say, and a lost network never is', () => {
	expect(closeReasonOf(4499)).toBeUndefined();
	expect([4499, 4599, 1000, 1006, 1012, 0].map(afterClose)).toEqual([
		'stop',
		'retry',
		'retry',
		'retry',
		'retry',
		'retry',
	]);
});

test('[CLOSE-2] each failure makes the next wait longer, never over 20 seconds, and no two wait alike', () => {
	const waits = Array.from({ length: 40 }, (_, failures) => waitBeforeRetry('retry', failures, 0.999));
	expect(waits[0]).toBeLessThanOrEqual(1000);
	expect([...waits].sort((a, b) => a - b)).toEqual(waits);
	expect(Math.max(...waits)).toBeLessThanOrEqual(20_000);
	expect(waitBeforeRetry('retry', 3, 0)).toBe(waitBeforeRetry('retry', 3, 0.999999) / 2);
	expect(waitBeforeRetry('rest', 0, 0)).toBeGreaterThan(waitBeforeRetry('retry', 0, 0.999));
});
