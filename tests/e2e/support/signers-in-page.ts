import { toHex, type DeviceKey } from '#core/kernel/ids.ts';
import { sodiumSigner } from '#lib/adapters/signer/sodium.ts';
import { webcryptoSigner } from '#lib/adapters/signer/webcrypto.ts';

/** Key, message and signature, as a page can be given them. */
export type PlainCheck = readonly (readonly number[])[];

declare global {
	var verdicts: (signer: 'webcrypto' | 'sodium', checks: readonly PlainCheck[]) => Promise<boolean[]>;
}

const signers = { webcrypto: webcryptoSigner, sodium: sodiumSigner };

globalThis.verdicts = (signer, checks) =>
	Promise.all(
		checks.map(([key = [], message = [], signature = []]) =>
			signers[signer].verify({
				key: toHex(Uint8Array.from(key)) as DeviceKey,
				message: Uint8Array.from(message),
				signature: Uint8Array.from(signature),
			}),
		),
	);
