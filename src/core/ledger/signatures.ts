import { encodeCbor } from '../kernel/cbor.ts';
import { fromHex, labelled, type DeviceKey, type RecordId } from '../kernel/ids.ts';
import type { Ledger } from './ledger.ts';
import { payloadOf, signatureInput, type HeldRecord, type LedgerRecord } from './record.ts';

/** One Ed25519 signature to be found true: the caller asks its platform (cofactorless verification, LEDGER 0.5). */
export interface SignatureCheck {
	readonly key: DeviceKey;
	readonly message: Uint8Array;
	readonly signature: Uint8Array;
}

/** ADM-6: the record's own signature and whatever proofs its body carries. Hard references must be held. */
export function signatureChecks(ledger: Ledger, record: LedgerRecord): readonly SignatureCheck[] {
	const own = ownSignature(record);
	if (record.type === 'join') return [own, ...joinChecks(ledger, record)];
	if (record.type === 'device.add') return [own, possessionCheck(ledger, record)];
	return [own];
}

/** The author's over the payload. */
export function ownSignature(record: HeldRecord): SignatureCheck {
	return { key: record.by, message: signatureInput(payloadOf(record)), signature: record.signature };
}

/** "I hold this key and mean this grid and this introduction." */
export function possessionMessage(grid: RecordId, introduction: RecordId, key: DeviceKey): Uint8Array {
	return labelled('council-corner/pop/1', encodeCbor([fromHex(grid), fromHex(introduction), fromHex(key)]));
}

/** "Whoever holds the invitation's secret asked this key in." */
export function invitationMessage(key: DeviceKey): Uint8Array {
	return labelled('council-corner/invite/1', fromHex(key));
}

/**
 * ADM-7: the eight points of small order and their non-canonical encodings. Under such a key anybody can make a
 * signature that some libraries accept. List: the orders 1, 2, 4 and 8 of edwards25519, RFC 8032 5.1.
 */
const WEAK_KEYS: ReadonlySet<string> = new Set(
	[
		'0000000000000000000000000000000000000000000000000000000000000000',
		'0100000000000000000000000000000000000000000000000000000000000000',
		'26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
		'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
		'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
		'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
		'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
	].flatMap((point) => [point, withSignBit(point)]),
);

export const isWeakKey = (key: DeviceKey): boolean => WEAK_KEYS.has(key);

function withSignBit(point: string): string {
	const last = Number.parseInt(point.slice(62), 16) ^ 0x80;
	return point.slice(0, 62) + last.toString(16).padStart(2, '0');
}

function joinChecks(ledger: Ledger, join: LedgerRecord<'join'>): readonly SignatureCheck[] {
	const invite = join.auth === null ? undefined : ledger.find(join.auth, 'invite');
	if (!invite || join.grid === null) throw new Error('A join is checked only after its invite is held');
	const { key, pop, proof } = join.body;
	return [
		{ key, message: possessionMessage(join.grid, invite.id, key), signature: pop },
		{ key: invite.body.ikey, message: invitationMessage(key), signature: proof },
	];
}

function possessionCheck(ledger: Ledger, add: LedgerRecord<'device.add'>): SignatureCheck {
	const { via, key, pop } = add.body;
	const introduction = ledger.find(via, 'join')?.auth ?? via;
	if (add.grid === null) throw new Error('Only genesis has no grid');
	return { key, message: possessionMessage(add.grid, introduction, key), signature: pop };
}
