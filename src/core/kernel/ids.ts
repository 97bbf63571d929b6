import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js';
import type { Brand } from './brand.ts';

/**
 * Ids are lowercase hex of 32 bytes wherever people or programs read them, and 32 raw bytes on the wire.
 * In hex, string order is byte order, so a list sorts the same in every language (docs/decisions/0001).
 */
export type RecordId = Brand<string, 'RecordId'>;
/** The id of a grid is the id of its genesis record. */
export type GridId = RecordId;
/** The id of a member is the id of the `member.add` record. */
export type MemberId = RecordId;
export type TopicId = RecordId;
export type MeetingId = RecordId;
export type PollId = RecordId;
/** An Ed25519 public key. */
export type DeviceKey = Brand<string, 'DeviceKey'>;
export type BlobHash = Brand<string, 'BlobHash'>;

export const toHex = bytesToHex;
export const fromHex = hexToBytes;
export const concat = concatBytes;

const HEX_32 = /^[0-9a-f]{64}$/;

export const isHex32 = (text: string): boolean => HEX_32.test(text);

/** SHA-256 over `label NUL bytes`; the label keeps one kind of hash from ever being taken for another. */
export function labelledHash(label: string, bytes: Uint8Array): string {
	return toHex(sha256(concat(labelBytes(label), bytes)));
}

/** `label NUL bytes`, the only thing this product ever signs. */
export const labelled = (label: string, bytes: Uint8Array): Uint8Array => concat(labelBytes(label), bytes);

/** Short form of an id or hash for people to compare: eight characters. */
export const shortHash = (id: string): string => id.slice(0, 8).toUpperCase();

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
	return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** By hand: labels are short and ASCII, and the platform's encoder takes longer over one than SHA-256 over a record. */
function labelBytes(label: string): Uint8Array {
	const bytes = new Uint8Array(label.length + 1);
	for (let index = 0; index < label.length; index++) bytes[index] = label.charCodeAt(index);
	return bytes;
}
