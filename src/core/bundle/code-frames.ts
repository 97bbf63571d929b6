import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase45, toBase45 } from '../kernel/base45.ts';
import { concat, equalBytes, toHex } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/**
 * A few kilobytes as a row of QR codes, which one screen shows one after the other and another phone's camera collects
 * (OFFLINE 4). Each frame is `CORNER:` and, in base 45, a hash of the whole, its own number, how many there are, and a
 * piece. A row of one is a plain QR code.
 */
export interface CodeFrame {
	/** The first eight bytes of the SHA-256 of the whole, in hex. */
	readonly whole: string;
	/** From 0. */
	readonly index: number;
	readonly count: number;
	readonly piece: Uint8Array;
}

/** `not-a-frame`: another QR code. `frame-newer`: made by a version to come. `frame-broken`: misread, or made to harm. */
export type FrameRefusal = 'not-a-frame' | 'frame-newer' | 'frame-broken';

/** In bytes: more would take longer than to send a file. */
export const MOST_IN_CODES = 30 * 1024;
/** Bytes of one piece: the code of it is read from a phone's screen at arm's length. */
export const PIECE = 420;
const MOST_FRAMES = Math.ceil(MOST_IN_CODES / PIECE);

const MARK = 'CORNER:';
const VERSION = 1;
const HASH = 8;
/** Version, hash, index, count. */
const HEAD = 1 + HASH + 2;
const LONGEST_TEXT = MARK.length + Math.ceil(((HEAD + PIECE) * 3) / 2);

/** CARRY-1: refused if it is nothing, or more than a person would hold a phone still for. */
export function framesOf(whole: Uint8Array): Result<readonly string[], 'too-much-for-codes'> {
	if (whole.length === 0 || whole.length > MOST_IN_CODES) return err('too-much-for-codes');
	const hash = hashOf(whole);
	const count = Math.ceil(whole.length / PIECE);
	const frames = Array.from({ length: count }, (_, index) => {
		const piece = whole.subarray(index * PIECE, (index + 1) * PIECE);
		return MARK + toBase45(concat(Uint8Array.of(VERSION), hash, Uint8Array.of(index, count), piece));
	});
	return ok(frames);
}

/** CARRY-2: reads what any camera has seen. */
export function readFrame(text: string): Result<CodeFrame, FrameRefusal> {
	if (!text.startsWith(MARK)) return err('not-a-frame');
	const bytes = text.length > LONGEST_TEXT ? undefined : fromBase45(text.slice(MARK.length));
	if (!bytes || bytes.length <= HEAD) return err('frame-broken');
	if ((bytes[0] ?? 0) > VERSION) return err('frame-newer');
	const [index = 0, count = 0] = bytes.subarray(1 + HASH, HEAD);
	const piece = bytes.slice(HEAD);
	const fits = index < count && count <= MOST_FRAMES && (piece.length === PIECE || index === count - 1);
	if (bytes[0] !== VERSION || !fits) return err('frame-broken');
	return ok({ whole: toHex(bytes.subarray(1, 1 + HASH)), index, count, piece });
}

/** Whether these pieces are that whole. */
export const isWhole = (bytes: Uint8Array, whole: string): boolean => toHex(hashOf(bytes)) === whole;

/** Whether two frames say the same. */
export const sameFrame = (one: CodeFrame, other: CodeFrame): boolean =>
	one.count === other.count && equalBytes(one.piece, other.piece);

const hashOf = (whole: Uint8Array): Uint8Array => sha256(whole).subarray(0, HASH);
