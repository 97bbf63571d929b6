import { expect, test } from 'vitest';
import { undoLeft } from '#lib/features/topics/undo-window.ts';

const MINUTE = 60_000;
const at = Date.UTC(2026, 10, 21);

test('[PUB-12] five minutes from publishing, by the clock of the device', () => {
	expect(undoLeft([{ at }], at)).toBe(5 * MINUTE);
	expect(undoLeft([{ at }], at + 4 * MINUTE)).toBe(MINUTE);
	expect(undoLeft([{ at }], at + 5 * MINUTE)).toBe(0);
	expect(undoLeft([{ at }], at + 60 * MINUTE)).toBe(0);
});

test('[PUB-12] the latest of several counts, nothing published gives no time, nor does a clock that went back', () => {
	expect(undoLeft([{ at: at - 60 * MINUTE }, { at }], at + MINUTE)).toBe(4 * MINUTE);
	expect(undoLeft([], at)).toBe(0);
	expect(undoLeft([{ at }], at - MINUTE)).toBe(0);
});
