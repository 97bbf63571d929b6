import { fromHex, toHex, type DeviceKey } from '#core/kernel/ids.ts';
import { KNOWN_ANSWER } from '#core/ledger/known-answer.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';

export interface KeyPair {
	readonly key: DeviceKey;
	readonly privateKey: CryptoKey;
}

const ALGORITHM = 'Ed25519';
/** RFC 8410: the fixed head of a PKCS #8 Ed25519 key; the 32 bytes of the seed follow. */
const PKCS8_HEAD = fromHex('302e020100300506032b657004220420');

/** A device key that can sign and can never be read out of the browser. */
export async function createDeviceKey(): Promise<KeyPair> {
	const pair = (await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])) as CryptoKeyPair;
	const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
	return { key: toHex(new Uint8Array(raw)) as DeviceKey, privateKey: pair.privateKey };
}

/** The key pair of an invitation, derived from its secret; the same everywhere. */
export async function keyFromSeed(seed: Uint8Array): Promise<KeyPair> {
	const pkcs8 = new Uint8Array([...PKCS8_HEAD, ...seed]);
	const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, true, ['sign']);
	const { x = '' } = await crypto.subtle.exportKey('jwk', privateKey);
	return { key: toHex(fromBase64Url(x)) as DeviceKey, privateKey };
}

export async function sign(privateKey: CryptoKey, message: Uint8Array): Promise<Uint8Array> {
	return new Uint8Array(await crypto.subtle.sign(ALGORITHM, privateKey, message as BufferSource));
}

/** Cofactorless (RFC 8032 5.1.7 without the factor 8), as every replica must judge alike. */
export async function verify({ key, message, signature }: SignatureCheck): Promise<boolean> {
	try {
		const publicKey = await crypto.subtle.importKey('raw', fromHex(key) as BufferSource, ALGORITHM, true, ['verify']);
		return await crypto.subtle.verify(ALGORITHM, publicKey, signature as BufferSource, message as BufferSource);
	} catch {
		return false; // Bytes that are no point of the curve are no key.
	}
}

/** SIG-2: asked once at the start. A browser without Ed25519, or whose verdict differs, must not take part. */
export async function platformSignsRight(): Promise<boolean> {
	const [honest, crafted] = await Promise.all([verify(KNOWN_ANSWER.honest), verify(KNOWN_ANSWER.crafted)]);
	return honest && !crafted;
}

function fromBase64Url(text: string): Uint8Array {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
