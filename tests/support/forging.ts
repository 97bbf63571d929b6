import type { RecordId } from '#core/kernel/ids.ts';
import type { CborValue } from '#core/kernel/cbor.ts';
import { decodeCbor, encodeCbor, RECORD_LIMITS } from '#core/kernel/cbor.ts';
import {
	encodePayload,
	parseRecord,
	payloadOf,
	recordId,
	sealRecord,
	signatureInput,
	type Envelope,
} from '#core/ledger/record.ts';
import type { LedgerRecord, UnsignedRecord } from '#core/ledger/record.ts';
import type { BodyByType, RecordType } from '#core/ledger/registry.ts';
import type { StoryCorner } from '../../server/cli/scenario/people.ts';
import type { SeededKey } from '../../server/cli/scenario/seeded-key.ts';

/** A record somebody signs with an envelope of any kind; it is not added to the corner. */
export function forge<T extends RecordType>(
	corner: StoryCorner,
	device: SeededKey,
	type: T,
	body: BodyByType[T],
	envelope: Partial<Envelope> = {},
): Uint8Array {
	const head = corner.ledger.headOf(device.key, envelope.scope ?? null);
	const chain = { seq: head ? head.seq + 1 : 0, prev: head?.id ?? null, lc: corner.ledger.nextLc(), at: corner.at };
	const auth = 'auth' in envelope ? null : (corner.roster.devices.get(device.key)?.[0]?.add ?? null);
	const usual: Envelope = { grid: corner.grid, scope: null, by: device.key, auth, ...chain };
	return signWire(device, encodePayload({ ...usual, ...envelope, type, body } as UnsignedRecord));
}

export function signWire(device: SeededKey, payload: Uint8Array): Uint8Array {
	return sealRecord(payload, device.sign(signatureInput(payload)));
}

/** Any CBOR value as the signed payload of a record. */
export function forgeRaw(device: SeededKey, payload: CborValue): Uint8Array {
	return signWire(device, encodeCbor(payload));
}

/** The same record as somebody with a newer version of the rules would write it. */
export function ofNewerRules(device: SeededKey, wire: Uint8Array, changes: Readonly<Record<number, CborValue>> = {}) {
	const decoded = decodeCbor(payloadOf({ wire }), RECORD_LIMITS);
	if (!decoded.ok || !Array.isArray(decoded.value)) throw new Error('A test has a wire without a payload');
	return forgeRaw(device, Object.assign([...(decoded.value as CborValue[])], { 0: 2, ...changes }));
}

/** Of a wire of any version. */
export const idOf = (wire: Uint8Array): RecordId => recordId(payloadOf({ wire }));

/** Adds a forged wire to the corner, as its author's phone would hold it. */
export function keep(corner: StoryCorner, wire: Uint8Array): LedgerRecord {
	const record = parsed(wire);
	corner.ledger.add(record);
	return record;
}

export function parsed(wire: Uint8Array): LedgerRecord {
	const result = parseRecord(wire);
	if (!result.ok) throw new Error(`A test forged a wire that does not parse: ${result.error}`);
	return result.value;
}

/** One bit turned over; a negative position counts from the end. */
export function flipBit(bytes: Uint8Array, position: number, bit = 0): Uint8Array {
	const flipped = Uint8Array.from(bytes);
	const index = position < 0 ? bytes.length + position : position;
	flipped[index] = (flipped[index] ?? 0) ^ (1 << bit);
	return flipped;
}
