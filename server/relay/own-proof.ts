import { encodeLoginMessage } from '#core/wire/frames.ts';
import { loginMessage, type Challenge } from '#core/wire/login-messages.ts';
import type { RelayIdentity } from './identity.ts';
import type { Session } from './session.ts';

/** LEDGER 5: this relay proves its key as a device does. `wires` introduce it; none where it is known already. */
export function ownProof(
	identity: RelayIdentity,
	{ name, arrival }: Session,
	{ relay, nonce }: Challenge,
	wires: readonly Uint8Array[],
): Uint8Array {
	const signature = identity.sign(loginMessage(relay, nonce, name.grid, name.name, arrival.host));
	return encodeLoginMessage({ t: 'proof', key: identity.key, signature, wires });
}
