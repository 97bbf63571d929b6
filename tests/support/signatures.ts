import { ed25519 } from '@noble/curves/ed25519.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { toHex, type DeviceKey } from '#core/kernel/ids.ts';
import { KNOWN_ANSWER } from '#core/ledger/known-answer.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';
import { flipBit } from './forging.ts';

const { Point } = ed25519;
const ORDER = Point.Fn.ORDER;
export const SEED = new Uint8Array(32).fill(7);
const message = new TextEncoder().encode('同意');
const key = toHex(ed25519.getPublicKey(SEED)) as DeviceKey;
const signature = ed25519.sign(message, SEED);
/** What anybody signs with the seed, and must find true. */
export const HONEST: SignatureCheck = { key, message, signature };
const [commitment, response] = [signature.slice(0, 32), signature.slice(32)];
const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', true);
const aside = (point: Uint8Array) => Point.fromBytes(point).add(torsion).toBytes();

/** Signatures on which libraries are known to differ, or might. None may be found true by anybody. */
export const HOSTILE: readonly (readonly [string, SignatureCheck])[] = [
	['the known answer that only a cofactored verifier takes', KNOWN_ANSWER.crafted],
	['a commitment moved by a point of order eight', { ...HONEST, signature: join(aside(commitment), response) }],
	['a key moved by a point of order eight', { ...HONEST, key: toHex(aside(ed25519.getPublicKey(SEED))) as DeviceKey }],
	['a response that is the order too large', { ...HONEST, signature: join(commitment, plusOrder(response)) }],
	['a commitment to nothing, with the response that fits it', { ...HONEST, signature: committedToNothing() }],
	['a turned bit in the commitment', { ...HONEST, signature: flipBit(signature, 3) }],
	['a turned bit in the response', { ...HONEST, signature: flipBit(signature, 40) }],
	['a turned bit in the message', { ...HONEST, message: flipBit(message, 0) }],
	['bytes that are no point', { ...HONEST, key: `02${'0'.repeat(62)}` as DeviceKey }],
	['nothing but zeros', { ...HONEST, signature: new Uint8Array(64) }],
];

function join(first: Uint8Array, second: Uint8Array): Uint8Array {
	return Uint8Array.from([...first, ...second]);
}

/** What the holder of the key can make, and Chromium by itself finds true: R is the neutral element, so S is k times a. */
function committedToNothing(): Uint8Array {
	const commitment = Point.ZERO.toBytes();
	const { scalar, pointBytes } = ed25519.utils.getExtendedPublicKey(SEED);
	const challenge = numberOf(sha512(Uint8Array.from([...commitment, ...pointBytes, ...message])));
	return join(commitment, bytesOf((challenge * scalar) % ORDER));
}

/** The same number modulo the group's order, in a second and forbidden form. */
function plusOrder(scalar: Uint8Array): Uint8Array {
	return bytesOf(numberOf(scalar) + ORDER);
}

function numberOf(bytes: Uint8Array): bigint {
	return bytes.reduceRight<bigint>((value, byte) => value * 256n + BigInt(byte), 0n);
}

function bytesOf(value: bigint): Uint8Array {
	return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
}
