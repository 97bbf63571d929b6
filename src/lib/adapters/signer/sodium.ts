import sodium from 'libsodium-wrappers';
import { fromHex, toHex, type DeviceKey } from '#core/kernel/ids.ts';
import type { KeyPair, Signer, WrappedSeed } from './port.ts';
import { unwrapSeed, wrapSeed } from './wrapped-seed.ts';

const SEED_BYTES = 32;

/** Ed25519 by libsodium, for browsers that have none. Large, so it is loaded only where it is needed. */
export const sodiumSigner: Signer<WrappedSeed> = {
	async createDeviceKey() {
		return wrappedPair(crypto.getRandomValues(new Uint8Array(SEED_BYTES)));
	},

	/** The seed is wiped once it is wrapped, so a copy is taken. */
	keyFromSeed(seed) {
		return wrappedPair(Uint8Array.from(seed));
	},

	async sign(privateKey, message) {
		await sodium.ready;
		const pair = sodium.crypto_sign_seed_keypair(await unwrapSeed(privateKey));
		try {
			return sodium.crypto_sign_detached(message, pair.privateKey);
		} finally {
			sodium.memzero(pair.privateKey);
		}
	},

	async verify({ key, message, signature }) {
		await sodium.ready;
		try {
			return sodium.crypto_sign_verify_detached(signature, message, fromHex(key));
		} catch {
			return false; // A signature or key of another length.
		}
	},
};

async function wrappedPair(seed: Uint8Array): Promise<KeyPair & { readonly privateKey: WrappedSeed }> {
	await sodium.ready;
	const pair = sodium.crypto_sign_seed_keypair(seed);
	sodium.memzero(pair.privateKey);
	const privateKey = await wrapSeed(seed);
	sodium.memzero(seed);
	return { key: toHex(pair.publicKey) as DeviceKey, privateKey };
}
