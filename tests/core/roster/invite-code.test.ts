import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CODE_ALPHABET, formatInviteCode, inviteCodeFrom, parseInviteCode } from '#core/roster/invite-code.ts';

test('[CODE-1] no character is taken for another: neither of 0 O, 1 I L, and one of 2 Z, 5 S, 8 B, U V', () => {
	expect(new Set(CODE_ALPHABET).size).toBe(CODE_ALPHABET.length);
	expect([...'0O1IL'].filter((character) => CODE_ALPHABET.includes(character))).toEqual([]);
	for (const pair of ['2Z', '5S', '8B', 'UV']) {
		expect([...pair].filter((character) => CODE_ALPHABET.includes(character))).toHaveLength(1);
	}
});

test('[CODE-1] a code is read however it was typed', () => {
	const whole = 'K7QDC9M2';
	for (const typed of ['K7QD C9M2', 'k7qdc9m2', ' k7q-dc9-m2 ', 'Ｋ７ＱＤ　Ｃ９Ｍ２']) {
		expect(parseInviteCode(typed)).toEqual({ ok: true, value: { whole, locator: 'K7Q' } });
	}
	expect(formatInviteCode({ whole, locator: 'K7Q' })).toBe('K7QD C9M2');
});

test.each(['', 'K7QDC9M', 'K7QDC9M22', 'K7QDC9MO', 'K7QDC9M1', '加入东风社区议事'])(
	'[CODE-1] %o is no code',
	(typed) => {
		expect(parseInviteCode(typed)).toEqual({ ok: false, error: 'code-malformed' });
	},
);

test('[CODE-1] a code made of random bytes is one, and too few bytes make none', () => {
	const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });
	const property = fc.property(bytes, (random) => {
		const code = inviteCodeFrom(random);
		const usable = [...random].filter((byte) => byte < 243).length;
		expect(code === undefined).toBe(usable < 8);
		if (code) expect(parseInviteCode(formatInviteCode(code))).toEqual({ ok: true, value: code });
	});
	fc.assert(property);
	expect(inviteCodeFrom(new Uint8Array(7))).toBeUndefined();
});
