import type { DeviceKey, GridId } from '#core/kernel/ids.ts';
import { loginMessage, type Challenge, type Proof } from '#core/wire/login-messages.ts';
import { trunkRoom } from '#core/wire/rooms.ts';

/** What the connection needs to prove who it is. */
export interface Credentials {
	readonly grid: GridId;
	readonly key: DeviceKey;
	sign(message: Uint8Array): Promise<Uint8Array>;
	/** Wires that introduce the key to a relay that has not heard of it. */
	introduction(): Promise<readonly Uint8Array[]>;
	readonly founding: string | undefined;
	/** GONE-2: whether the relay that shows this may be spoken to. Asked before anything is said to it. */
	accepts(challenge: Challenge): Promise<boolean>;
}

/** The answer to a challenge, for the relay that is dialed at this host. */
export async function proofFor(credentials: Credentials, host: string, { relay, nonce }: Challenge): Promise<Proof> {
	const { grid, key, founding } = credentials;
	const signature = await credentials.sign(loginMessage(relay, nonce, grid, trunkRoom(grid), host));
	const wires = await credentials.introduction();
	return { t: 'proof', key, signature, wires, ...(founding ? { founding } : {}) };
}
