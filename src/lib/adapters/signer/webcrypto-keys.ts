import { fromHex, toHex, type DeviceKey } from '#core/kernel/ids.ts';

const ALGORITHM = 'Ed25519';
/** RFC 8410: the fixed head of a PKCS #8 Ed25519 key; the 32 bytes of the seed follow. */
const PKCS8_HEAD = fromHex('302e020100300506032b657004220420');

export async function createDeviceKey(): Promise<{ readonly key: DeviceKey; readonly privateKey: CryptoKey }> {
	const pair = (await crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify'])) as CryptoKeyPair;
	const raw = await crypto.subtle.exportKey('raw', pair.publicKey);
	return { key: toHex(new Uint8Array(raw)) as DeviceKey, privateKey: pair.privateKey };
}

/** The same key everywhere. `seed`: 32 bytes. */
export async function keyFromSeed(
	seed: Uint8Array,
): Promise<{ readonly key: DeviceKey; readonly privateKey: CryptoKey }> {
	const pkcs8 = new Uint8Array([...PKCS8_HEAD, ...seed]);
	const privateKey = await crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, true, ['sign']);
	const { x = '' } = await crypto.subtle.exportKey('jwk', privateKey);
	return { key: toHex(fromBase64Url(x)) as DeviceKey, privateKey };
}

function fromBase64Url(text: string): Uint8Array {
	const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
	return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
