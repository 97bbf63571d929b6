import { encodeCbor } from '../kernel/cbor.ts';
import { byteString, bytes, key, list, object, oneOf, optional, text, union, type BodyOf } from '../kernel/fields.ts';
import { fromHex, labelled, type DeviceKey } from '../kernel/ids.ts';

/** RELAY-43: records that introduce somebody to who has not heard of it; the ones others rest on come first. */
export const INTRODUCTION = { records: 32, bytes: 48 * 1024 } as const;
const introduction = list(byteString(16 * 1024 + 128), INTRODUCTION.records);

/** `wires` introduce the relay's own key; empty while no grid has taken the relay on. */
const challengeFields = { t: oneOf(['challenge']), relay: key, nonce: bytes(32), wires: introduction };
/**
 * `wires` introduce the device's key.
 * `founding`: an unused founding code, when the relay is to take a grid it does not know.
 */
const proofFields = {
	t: oneOf(['proof']),
	key,
	signature: bytes(64),
	wires: introduction,
	founding: optional(text(64)),
};
const welcomeFields = { t: oneOf(['welcome']), role: text(32) };

/** 65: the relay asks, the client proves that it holds its key, the relay says as what it is known (LEDGER 5). */
export type LoginMessage = BodyOf<typeof challengeFields> | BodyOf<typeof proofFields> | BodyOf<typeof welcomeFields>;
export type Challenge = BodyOf<typeof challengeFields>;
export type Proof = BodyOf<typeof proofFields>;

export const loginField = union<LoginMessage>({
	challenge: object(challengeFields),
	proof: object(proofFields),
	welcome: object(welcomeFields),
});

/** What the device key signs. The dialled host is inside, so that a relay cannot pass the proof on to another. */
export function loginMessage(
	relay: DeviceKey,
	nonce: Uint8Array,
	grid: string,
	room: string,
	host: string,
): Uint8Array {
	return labelled('council-corner/auth/1', encodeCbor([fromHex(relay), nonce, [grid, room, host]]));
}
