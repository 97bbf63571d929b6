import { KNOWN_ANSWER } from '#core/ledger/known-answer.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';
import { isWrappedSeed, type KeyPair, type PrivateKey, type Signer } from './signer/port.ts';
import { webcryptoSigner } from './signer/webcrypto.ts';

export { isWrappedSeed, type KeyPair, type PrivateKey } from './signer/port.ts';

/**
 * KEY-1: how this browser signs. Its own Ed25519 where that judges the known answers as every replica does, otherwise
 * libsodium; neither, and it must not take part.
 */
const platform = once(async (): Promise<Signer> => {
	if (await judgesRight(webcryptoSigner)) return webcryptoSigner as Signer;
	return (await loadSodium()) as Signer;
});

/** A chunk of its own, which most browsers never ask for. */
const loadSodium = once(async () => (await import('./signer/sodium.ts')).sodiumSigner);

export const createDeviceKey = async (): Promise<KeyPair> => (await platform()).createDeviceKey();

export const keyFromSeed = async (seed: Uint8Array): Promise<KeyPair> => (await platform()).keyFromSeed(seed);

export const verify = async (check: SignatureCheck): Promise<boolean> => (await platform()).verify(check);

/** By the form of the key and not by the platform: a browser that has learned Ed25519 since still has its old key. */
export async function sign(privateKey: PrivateKey, message: Uint8Array): Promise<Uint8Array> {
	if (!isWrappedSeed(privateKey)) return webcryptoSigner.sign(privateKey, message);
	return (await loadSodium()).sign(privateKey, message);
}

/** SIG-2: asked once at the start. A browser whose verdict differs in every way must not take part. */
export async function platformSignsRight(): Promise<boolean> {
	try {
		return await judgesRight(await platform());
	} catch {
		return false; // libsodium could not be loaded, or there is no WebAssembly.
	}
}

async function judgesRight(signer: Pick<Signer, 'verify'>): Promise<boolean> {
	const [honest, crafted] = await Promise.all([
		signer.verify(KNOWN_ANSWER.honest),
		signer.verify(KNOWN_ANSWER.crafted),
	]);
	return honest && !crafted;
}

/** Asks once, and again only after a failure: the chunk may not have come over a bad network. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
	let result: Promise<T> | undefined;
	return () => {
		result ??= work().catch((failure: unknown) => {
			result = undefined;
			throw failure;
		});
		return result;
	};
}
