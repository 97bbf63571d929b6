import fc from 'fast-check';
import encodeQR from 'qr';
import decodeQR from 'qr/decode.js';
import { expect, test } from 'vitest';
import { CodeCollector, type Collected } from '#core/bundle/code-collector.ts';
import { framesOf, MOST_IN_CODES, PIECE, readFrame } from '#core/bundle/code-frames.ts';
import { toBase45 } from '#core/kernel/base45.ts';

const some = fc.uint8Array({ minLength: 1, maxLength: 12 * PIECE });

function frames(whole: Uint8Array): readonly string[] {
	const made = framesOf(whole);
	return made.ok ? made.value : [];
}

/** What a camera answers that has seen all of these. */
function collected(texts: readonly string[]): readonly Uint8Array[] {
	const collector = new CodeCollector();
	return texts.flatMap((text) => {
		const seen = collector.see(text);
		return seen.ok && seen.value.whole ? [seen.value.whole] : [];
	});
}

test('[CARRY-3] any order, repeated frames and foreign codes between give the whole again', () => {
	const rows = some.chain((whole) => {
		const all = frames(whole);
		const again = fc.array(fc.constantFrom(...all, 'https://example.org', 'CORNER:AAA', ''), { maxLength: 20 });
		return fc.tuple(fc.constant(whole), fc.shuffledSubarray([...all], { minLength: all.length }), again);
	});
	fc.assert(
		fc.property(rows, ([whole, shuffled, others]) => {
			const [found] = collected(shuffled.flatMap((frame, index) => [frame, others[index] ?? '']));
			expect(found).toEqual(whole);
		}),
	);
});

test('[CARRY-3] two rows mixed on two screens are both collected', () => {
	fc.assert(
		fc.property(some, some, fc.infiniteStream(fc.boolean()), (one, other, coin) => {
			const [left, right] = [[...frames(one)], [...frames(other)]];
			const mixed: string[] = [];
			while (left.length + right.length > 0) {
				const from = right.length === 0 || (left.length > 0 && coin.next().value) ? left : right;
				mixed.push(from.shift() ?? '');
			}
			expect(new Set(collected(mixed).map(String))).toEqual(new Set([one, other].map(String)));
		}),
	);
});

test('[CARRY-3] one frame less is not the whole, and the count says how far it is', () => {
	const all = frames(new Uint8Array(3 * PIECE + 1).fill(7));
	const collector = new CodeCollector();
	const counts = all.slice(1).map((frame) => collector.see(frame));
	expect(counts).toEqual([1, 2, 3].map((done) => ({ ok: true, value: { done, count: 4 } satisfies Collected })));
});

test('[CARRY-3] a row with a forged piece is told, and is whole the next time round', () => {
	const whole = Uint8Array.from({ length: 2 * PIECE }, (_, index) => index % 251);
	const [first = '', second = ''] = frames(whole);
	const read = readFrame(second);
	if (!read.ok) throw new Error(read.error);
	const forged =
		frames(Uint8Array.from([...new Uint8Array(PIECE), ...read.value.piece.map((byte) => byte ^ 1)]))[1] ?? '';
	// The hash of the true row before the forger's piece.
	const mixed = `CORNER:${toBase45(bytesOf(second).map((byte, at) => (at < 11 ? byte : (bytesOf(forged)[at] ?? 0))))}`;
	const collector = new CodeCollector();
	collector.see(first);
	expect(collector.see(mixed)).toEqual({ ok: false, error: 'frame-broken' });
	collector.see(first);
	expect(collector.see(second)).toMatchObject({ ok: true, value: { whole } });
});

test('[CARRY-1] more than 30 KiB is no row of codes, and neither is nothing', () => {
	expect(framesOf(new Uint8Array(MOST_IN_CODES)).ok).toBe(true);
	expect(framesOf(new Uint8Array(MOST_IN_CODES + 1))).toEqual({ ok: false, error: 'too-much-for-codes' });
	expect(framesOf(new Uint8Array())).toEqual({ ok: false, error: 'too-much-for-codes' });
});

test.each([
	['not-a-frame', 'https://example.org/join#abc'],
	['not-a-frame', 'corner:AAA'],
	['frame-broken', 'CORNER:'],
	['frame-broken', `CORNER:${'0'.repeat(4000)}`],
	['frame-newer', `CORNER:${toBase45(Uint8Array.of(2, ...new Uint8Array(20)))}`],
	['frame-broken', `CORNER:${toBase45(Uint8Array.of(0, ...new Uint8Array(8), 0, 1, 9))}`],
	['frame-broken', `CORNER:${toBase45(Uint8Array.of(1, ...new Uint8Array(8), 1, 1, 9))}`],
	['frame-broken', `CORNER:${toBase45(Uint8Array.of(1, ...new Uint8Array(8), 0, 2, 9))}`],
	['frame-broken', `CORNER:${toBase45(Uint8Array.of(1, ...new Uint8Array(8), 0, 200, ...new Uint8Array(PIECE)))}`],
])('[CARRY-2] %s', (error, text) => {
	expect(readFrame(text)).toEqual({ ok: false, error });
});

test('[CARRY-2] whatever a camera sees, it never fails', () => {
	const texts = fc.oneof(
		fc.string(),
		fc.uint8Array({ maxLength: 40 }).map((bytes) => `CORNER:${toBase45(bytes)}`),
	);
	fc.assert(
		fc.property(fc.array(texts), (seen) => {
			expect(() => collected(seen)).not.toThrow();
		}),
	);
});

test('[CARRY-1] the fullest frame is a code that a real reader reads from its picture', () => {
	const [frame = ''] = frames(Uint8Array.from({ length: 2 * PIECE }, (_, index) => (index * 31) % 256));
	const rows = encodeQR(frame, 'raw', { ecc: 'medium', border: 4, scale: 3 });
	const size = rows.length;
	const data = Uint8Array.from(rows.flat().flatMap((dark) => (dark ? [0, 0, 0, 255] : [255, 255, 255, 255])));
	expect(size / 3 - 8).toBeLessThanOrEqual(81);
	expect(decodeQR({ width: size, height: size, data })).toBe(frame);
});

function bytesOf(frame: string): Uint8Array {
	const read = readFrame(frame);
	if (!read.ok) throw new Error(read.error);
	const { whole, index, count, piece } = read.value;
	return Uint8Array.of(1, ...(whole.match(/../g) ?? []).map((hex) => Number.parseInt(hex, 16)), index, count, ...piece);
}
