import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase45, toBase45 } from '#core/kernel/base45.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each([
	['AB', 'BB8'],
	['Hello!!', '%69 VD92EX0'],
	['base-45', 'UJCLQE7W581'],
])('[CARRY-1] base 45 is the standard’s: %s', (plain, written) => {
	expect(toBase45(bytesOf(plain))).toBe(written);
	expect(fromBase45(written)).toEqual(bytesOf(plain));
});

test('[CARRY-1] base 45 gives back every row of bytes, and reads only what it writes', () => {
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 90 }), fc.string({ maxLength: 9 }), (bytes, text) => {
			expect(fromBase45(toBase45(bytes))).toEqual(bytes);
			const read = fromBase45(text);
			if (read) expect(toBase45(read)).toBe(text);
		}),
	);
});

test.each(['A', 'abc', ':::', '::', 'ABCD'])('[CARRY-2] base 45 refuses %s', (text) => {
	expect(fromBase45(text)).toBeUndefined();
});
