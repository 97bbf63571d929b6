import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTexts } from '#lib/adapters/text-diff.ts';

const MARKS = { same: '', added: '〔增〕', removed: '〔删〕' };
const shown = (before: string, after: string) =>
	compareTexts(before, after)
		.map(({ kind, text }) => MARKS[kind] + text)
		.join('');

test('[VERSION-4] a number is one word', () => {
	expect(shown('每月17日前交费', '每月18日前交费')).toBe('每月〔删〕17〔增〕18日前交费');
	expect(shown('共1700元', '共1800元')).toBe('共〔删〕1700〔增〕1800元');
});

test('[VERSION-4] characters beyond the first plane stay whole', () => {
	expect(shown('𬭚㛃', '𬭚㛃䶮')).toContain('〔增〕');
	for (const { text } of compareTexts('王𬭚', '王𬭚㛃䶮😀')) expect(text.isWellFormed()).toBe(true);
});

test('[VERSION-4] an end of a line is a change like any other', () => {
	expect(shown('一段\n二段', '一段二段')).not.toBe('一段二段');
});

test('[VERSION-4] what is the same and removed is the old text, what is the same and added the new one', () => {
	const words = fc.array(fc.constantFrom('电梯', '17', '𬭚', '\n', ' ', '。', 'lift'), { maxLength: 30 });
	fc.assert(
		fc.property(words, words, (a, b) => {
			const [before, after] = [a.join(''), b.join('')];
			const changes = compareTexts(before, after);
			const without = (kind: string) =>
				changes.flatMap((change) => (change.kind === kind ? [] : [change.text])).join('');
			expect(without('added')).toBe(before);
			expect(without('removed')).toBe(after);
		}),
	);
});

test('[VERSION-4] two long texts that have nothing in common are compared in a moment', () => {
	const long = (from: number) => Array.from({ length: 20_000 }, (_, index) => from + index * 2).join(' ');
	const start = performance.now();
	expect(compareTexts(long(0), long(1)).length).toBeGreaterThan(0);
	expect(performance.now() - start).toBeLessThan(3000);
});
