import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { MESSAGE_NUMBERS } from '#core/wire/frames.ts';

/** y-protocols' numbers inside a sync message. */
const STEP = { one: 0, two: 1, update: 2 } as const;

/** What a y-websocket client says, read without applying anything. */
export type DraftFrame =
	| { readonly t: 'step1'; readonly stateVector: Uint8Array }
	/** The answer to our step 1: everything its sender has. */
	| { readonly t: 'step2'; readonly update: Uint8Array }
	| { readonly t: 'update'; readonly update: Uint8Array }
	| { readonly t: 'awareness'; readonly states: Uint8Array }
	| { readonly t: 'query-awareness' };

export function readDraftFrame(frame: Uint8Array): Result<DraftFrame, 'frame-malformed'> {
	try {
		const decoder = decoding.createDecoder(frame);
		const read = readKind(decoder);
		return read && !decoding.hasContent(decoder) ? ok(read) : err('frame-malformed');
	} catch {
		// lib0 throws at the end of truncated bytes.
		return err('frame-malformed');
	}
}

function readKind(decoder: decoding.Decoder): DraftFrame | undefined {
	const number = decoding.readVarUint(decoder);
	if (number === MESSAGE_NUMBERS.sync) return readSync(decoder);
	if (number === MESSAGE_NUMBERS.awareness) return { t: 'awareness', states: bytes(decoder) };
	return number === MESSAGE_NUMBERS.queryAwareness ? { t: 'query-awareness' } : undefined;
}

function readSync(decoder: decoding.Decoder): DraftFrame | undefined {
	const step = decoding.readVarUint(decoder);
	if (step === STEP.one) return { t: 'step1', stateVector: bytes(decoder) };
	if (step === STEP.two) return { t: 'step2', update: bytes(decoder) };
	return step === STEP.update ? { t: 'update', update: bytes(decoder) } : undefined;
}

export const step1Frame = (stateVector: Uint8Array): Uint8Array => syncFrame(STEP.one, stateVector);
export const step2Frame = (update: Uint8Array): Uint8Array => syncFrame(STEP.two, update);
export const updateFrame = (update: Uint8Array): Uint8Array => syncFrame(STEP.update, update);

export function awarenessFrame(states: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE_NUMBERS.awareness);
	encoding.writeVarUint8Array(encoder, states);
	return encoding.toUint8Array(encoder);
}

function syncFrame(step: number, payload: Uint8Array): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, MESSAGE_NUMBERS.sync);
	encoding.writeVarUint(encoder, step);
	encoding.writeVarUint8Array(encoder, payload);
	return encoding.toUint8Array(encoder);
}

/** A copy: what is kept must not keep the frame around it. */
const bytes = (decoder: decoding.Decoder) => Uint8Array.from(decoding.readVarUint8Array(decoder));
