import { fromHex, toHex, type DeviceKey } from '#core/kernel/ids.ts';
import { isWeakKey } from '#core/ledger/signatures.ts';
import type { Signer } from './port.ts';

const ALGORITHM = 'Ed25519';

/** The browser's own Ed25519: Chrome from 137, Safari from 17, Firefox from 129. */
export const webcryptoSigner: Signer<CryptoKey> = {
	createDeviceKey: async () => (await loadKeyMaking()).createDeviceKey(),

	keyFromSeed: async (seed) => (await loadKeyMaking()).keyFromSeed(seed),

	async sign(privateKey, message) {
		return new Uint8Array(await crypto.subtle.sign(ALGORITHM, privateKey, message as BufferSource));
	},

	async verify({ key, message, signature }) {
		if (hasWeakCommitment(signature)) return false;
		try {
			const publicKey = await publicKeyOf(key);
			return await crypto.subtle.verify(ALGORITHM, publicKey, signature as BufferSource, message as BufferSource);
		} catch {
			return false; // Bytes that are no point of the curve are no key, and a browser may know no Ed25519.
		}
	},
};

/** Made once in a device's life; a vote must not wait for it. */
const loadKeyMaking = () => import('./webcrypto-keys.ts');

/** Importing a key costs as much as a verification, and a corner's few hundred keys sign thousands of records. */
const MAX_KEYS_KEPT = 2000;
const keysKept = new Map<DeviceKey, Promise<CryptoKey>>();

function publicKeyOf(key: DeviceKey): Promise<CryptoKey> {
	const kept = keysKept.get(key);
	if (kept) return kept;
	if (keysKept.size >= MAX_KEYS_KEPT) keysKept.clear();
	const imported = crypto.subtle.importKey('raw', fromHex(key) as BufferSource, ALGORITHM, true, ['verify']);
	keysKept.set(key, imported);
	return imported;
}

/**
 * Whoever holds a key can sign with a commitment of small order. libsodium and OpenSSL refuse that and Chromium does not,
 * so it is refused before Chromium is asked.
 */
function hasWeakCommitment(signature: Uint8Array): boolean {
	return isWeakKey(toHex(signature.subarray(0, 32)) as DeviceKey);
}
