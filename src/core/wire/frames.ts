import * as v from 'valibot';
import { decodeCbor, encodeCbor, MESSAGE_LIMITS, type CborLimits } from '../kernel/cbor.ts';
import type { Field } from '../kernel/fields.ts';
import { concat } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { draftField, type DraftMessage } from './draft-messages.ts';
import { ledgerField, type LedgerMessage } from './ledger-messages.ts';
import { loginField, type LoginMessage } from './login-messages.ts';

/**
 * WIRE-1: message numbers. 0–3 are y-websocket's own (sync, awareness, auth, query awareness); ours stand beside them,
 * so that a stock y-websocket client speaks to the relay unchanged.
 */
export const MESSAGE_NUMBERS = {
	sync: 0,
	awareness: 1,
	auth: 2,
	queryAwareness: 3,
	ledger: 64,
	login: 65,
	draft: 66,
} as const;

/** WIRE-6: what a connection may send before its proof (docs/decisions/0006). */
export const BEFORE_LOGIN = { messages: 64, bytes: 64 * 1024, milliseconds: 10_000 } as const;

/** A message of ours is its number in one byte, then one canonical CBOR item. */
export type OwnMessage =
	| { readonly number: 64; readonly message: LedgerMessage }
	| { readonly number: 65; readonly message: LoginMessage }
	| { readonly number: 66; readonly message: DraftMessage };

export const encodeLedgerMessage = (message: LedgerMessage): Uint8Array =>
	frame(MESSAGE_NUMBERS.ledger, ledgerField, message);
export const encodeLoginMessage = (message: LoginMessage): Uint8Array =>
	frame(MESSAGE_NUMBERS.login, loginField, message);
export const encodeDraftMessage = (message: DraftMessage): Uint8Array =>
	frame(MESSAGE_NUMBERS.draft, draftField, message);

/** WIRE-3: reads one of our frames. Anything else is malformed. */
export function decodeOwnFrame(
	bytes: Uint8Array,
	limits: CborLimits = MESSAGE_LIMITS,
): Result<OwnMessage, 'frame-malformed'> {
	const number = bytes[0];
	const body = bytes.subarray(1);
	if (number === MESSAGE_NUMBERS.ledger) return read(ledgerField, body, limits, (message) => ({ number, message }));
	if (number === MESSAGE_NUMBERS.login) return read(loginField, body, limits, (message) => ({ number, message }));
	if (number === MESSAGE_NUMBERS.draft) return read(draftField, body, limits, (message) => ({ number, message }));
	return err('frame-malformed');
}

function frame<T>(number: number, field: Field<T>, message: T): Uint8Array {
	return concat(Uint8Array.of(number), encodeCbor(field.encode(message)));
}

function read<T>(
	field: Field<T>,
	body: Uint8Array,
	limits: CborLimits,
	wrap: (message: T) => OwnMessage,
): Result<OwnMessage, 'frame-malformed'> {
	const decoded = decodeCbor(body, limits);
	const parsed = decoded.ok ? v.safeParse(field.schema, decoded.value) : undefined;
	return parsed?.success ? ok(wrap(parsed.output)) : err('frame-malformed');
}
