import { createHash, sign, type KeyObject } from 'node:crypto';
import type { DeviceKey } from '#core/kernel/ids.ts';
import { invitationSeed } from '#core/roster/invitation.ts';
import { deviceKeyOf, signingKeyOf } from '../../ed25519.ts';

/** An Ed25519 key from a seed text: the same name gives the same key, in the demonstration and in every test. */
export class SeededKey {
	readonly key: DeviceKey;
	readonly #private: KeyObject;

	constructor(seed: string | Uint8Array) {
		const bytes = typeof seed === 'string' ? seedOf(seed) : seed;
		this.#private = signingKeyOf(bytes);
		this.key = deviceKeyOf(bytes);
	}

	/** The signing key of an invitation with this secret (32 hex characters). */
	static ofInvitation(secret: string): SeededKey {
		return new SeededKey(invitationSeed(secret));
	}

	sign(message: Uint8Array): Uint8Array {
		return new Uint8Array(sign(null, message, this.#private));
	}
}

function seedOf(text: string): Uint8Array {
	return createHash('sha256').update(`council-corner seeded key ${text}`).digest();
}
