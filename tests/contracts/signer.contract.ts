import { describe, expect, test } from 'vitest';
import type { DeviceKey } from '#core/kernel/ids.ts';
import { KNOWN_ANSWER } from '#core/ledger/known-answer.ts';
import type { SignatureCheck } from '#core/ledger/signatures.ts';
import { HONEST, HOSTILE, SEED } from '../support/signatures.ts';

export interface SignerUnderTest {
	verify(check: SignatureCheck): boolean | Promise<boolean>;
	/** The public key and the signature that come of a seed; undefined for what only judges. */
	readonly signWith?: (
		seed: Uint8Array,
		message: Uint8Array,
	) => Promise<{ readonly key: DeviceKey; readonly signature: Uint8Array }>;
}

/** KEY-1: one verdict everywhere, or two honest replicas would count different ballots. */
export function testSignerContract(name: string, signer: SignerUnderTest): void {
	describe(name, () => {
		test('[SIG-2] finds the honest known answer true', async () => {
			expect(await signer.verify(KNOWN_ANSWER.honest)).toBe(true);
			expect(await signer.verify(HONEST)).toBe(true);
		});

		test.each(HOSTILE)('[KEY-1] finds %s false', async (_, check) => {
			expect(await signer.verify(check)).toBe(false);
		});

		const { signWith } = signer;
		if (!signWith) return;
		test('[KEY-1] makes the same key and the same signature of a seed as any other', async () => {
			expect(await signWith(SEED, HONEST.message)).toEqual({
				key: HONEST.key,
				signature: HONEST.signature,
			});
		});
	});
}
