import { randomBytes, sign } from 'node:crypto';
import type { DeviceKey } from '#core/kernel/ids.ts';
import { deviceKeyOf, signingKeyOf } from '../ed25519.ts';
import type { RelayStore } from '../storage/port.ts';

/** The relay's own key: what a grid takes it on by, and what it signs receipts with. */
export interface RelayIdentity {
	readonly key: DeviceKey;
	sign(message: Uint8Array): Uint8Array;
}

/** STORE-7: made at the first start, and the same for good. The secret stays in the database. */
export async function readIdentity(store: RelayStore): Promise<RelayIdentity> {
	const seed = await store.relaySeed(Uint8Array.from(randomBytes(32)));
	const secret = signingKeyOf(seed);
	return { key: deviceKeyOf(seed), sign: (message) => new Uint8Array(sign(null, message, secret)) };
}
