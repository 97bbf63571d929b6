import { fromHex, labelled, type DeviceKey } from '../kernel/ids.ts';
import type { SignatureCheck } from './signatures.ts';

const key = 'dc94fb961b8a7caef05f89e12f983493fd3ff21f920ccc6f48b71973a58e7562' as DeviceKey;
const message = labelled('council-corner/known-answer/1', new Uint8Array());

/**
 * SIG-2: asked of every platform at its start. `crafted` has a point of order eight added to R: a verifier that
 * multiplies by the cofactor accepts it, a cofactorless one must not. Two replicas that differ here would count
 * different ballots (LEDGER 0.5). Made with @noble/curves, which accepts it.
 */
export const KNOWN_ANSWER: { readonly honest: SignatureCheck; readonly crafted: SignatureCheck } = {
	honest: {
		key,
		message,
		signature: fromHex(
			'724cd989320f11690ba8923ee8fc0d663b35034f46bf7a31e5573f8db9bfdc3c' +
				'28dea7d3f01d6cd5526719c0b7a5c6c3c4357e368528c4aaee2e38851183f905',
		),
	},
	crafted: {
		key,
		message,
		signature: fromHex(
			'c4b5071740aa55004b7e86b0515410513388c139ce2db5e14d83379cee4d91d6' +
				'36047585a88cccc099a00770d745c0211b01648cc40919e5e095bdcd6a3e2007',
		),
	},
};
