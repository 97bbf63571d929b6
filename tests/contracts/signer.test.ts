import { expect, test } from 'vitest';
import { fromHex, toHex } from '#core/kernel/ids.ts';
import { isWrappedSeed, sign, verify } from '#lib/adapters/signer.ts';
import type { Signer } from '#lib/adapters/signer/port.ts';
import { sodiumSigner } from '#lib/adapters/signer/sodium.ts';
import { unwrapSeed } from '#lib/adapters/signer/wrapped-seed.ts';
import { webcryptoSigner } from '#lib/adapters/signer/webcrypto.ts';
import { Verifier } from '../../server/ed25519.ts';
import { testSignerContract, type SignerUnderTest } from './signer.contract.ts';

testSignerContract('WebCrypto', underTest(webcryptoSigner as Signer));
testSignerContract('libsodium', underTest(sodiumSigner as Signer));
testSignerContract('the relay’s OpenSSL', { verify: (check) => new Verifier().isTrue(check) });

const message = new TextEncoder().encode('提一个议题');

test('[KEY-2] a wrapped seed signs, and is neither stored nor given out', async () => {
	const seed = new Uint8Array(32).fill(9);
	const { key, privateKey } = await sodiumSigner.keyFromSeed(seed);
	expect(isWrappedSeed(privateKey)).toBe(true);
	expect(privateKey.wrappingKey.extractable).toBe(false);
	await expect(crypto.subtle.exportKey('raw', privateKey.wrappingKey)).rejects.toThrow();
	expect(toHex(privateKey.sealed)).not.toContain(toHex(seed));
	expect(await unwrapSeed(privateKey)).toEqual(seed);
	expect(await verify({ key, message, signature: await sign(privateKey, message) })).toBe(true);
});

test('[KEY-2] a key of one signer is judged by the other, and two new keys differ', async () => {
	const [one, two] = await Promise.all([sodiumSigner.createDeviceKey(), webcryptoSigner.createDeviceKey()]);
	expect(one.key).not.toBe(two.key);
	const signatures = await Promise.all([sign(one.privateKey, message), sign(two.privateKey, message)]);
	const verdicts = await Promise.all([
		webcryptoSigner.verify({ key: one.key, message, signature: signatures[0] }),
		sodiumSigner.verify({ key: two.key, message, signature: signatures[1] }),
		sodiumSigner.verify({ key: two.key, message, signature: signatures[0] }),
	]);
	expect(verdicts).toEqual([true, true, false]);
	expect(fromHex(one.key)).toHaveLength(32);
});

function underTest(signer: Signer): SignerUnderTest {
	return {
		verify: (check) => signer.verify(check),
		signWith: async (seed, text) => {
			const { key, privateKey } = await signer.keyFromSeed(seed);
			return { key, signature: await signer.sign(privateKey, text) };
		},
	};
}
