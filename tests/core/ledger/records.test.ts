import { expect, test } from 'vitest';
import { encodeCbor, type CborValue } from '#core/kernel/cbor.ts';
import { fromHex } from '#core/kernel/ids.ts';
import { parseRecord, sealRecord } from '#core/ledger/record.ts';
import { forge, forgeRaw, flipBit, parsed } from '../../support/forging.ts';
import { Council } from '../../support/council.ts';

const { corner, zhao } = new Council();
const invite = { ikey: zhao.device.key, max: 3 };
const wire = forge(corner, zhao.device, 'invite', invite);
const body = { ikey: fromHex(zhao.device.key), max: 3 };

/** The eleven fields of an `invite`, as raw CBOR values. */
function fields(changed: Readonly<Record<number, CborValue>> = {}): CborValue[] {
	const hash = new Uint8Array(32);
	const usual: CborValue[] = [1, hash, null, 'invite', fromHex(zhao.device.key), hash, 1, hash, 7, 9, body];
	return usual.map((value, index) => (index in changed ? (changed[index] ?? null) : value));
}

const verdict = (payload: CborValue) => {
	const result = parseRecord(forgeRaw(zhao.device, payload));
	return result.ok ? 'parsed' : result.error;
};

test('[REC-1] the raw fields of these tests are a record as long as nothing is changed', () => {
	expect(verdict(fields())).toBe('parsed');
});

test.each<[string, Record<number, CborValue>]>([
	['a grid of 31 bytes', { 1: new Uint8Array(31) }],
	['a scope that is text', { 2: 'poll' }],
	['a type that is a number', { 3: 4 }],
	['a type of 33 characters', { 3: 'x'.repeat(33) }],
	['a key of 33 bytes', { 4: new Uint8Array(33) }],
	['no key', { 4: null }],
	['an authority that is text', { 5: 'x' }],
	['a position that is text', { 6: '1' }],
	['a previous record of 16 bytes', { 7: new Uint8Array(16) }],
	['a Lamport clock beyond 2^48', { 8: 2 ** 48 + 1 }],
	['a time that is null', { 9: null }],
	['a body that is a list', { 10: [] }],
	['a body that is bytes', { 10: new Uint8Array(3) }],
	['version 0', { 0: 0 }],
	['a version that is text', { 0: '1' }],
])('[REC-1] refuses %s', (_case, changed) => {
	expect(verdict(fields(changed))).toBe('record-malformed');
});

test('[REC-1] refuses ten fields, twelve fields and a map of fields', () => {
	expect(verdict(fields().slice(0, 10))).toBe('record-malformed');
	expect(verdict([...fields(), 0])).toBe('record-malformed');
	expect(verdict({ fields: fields() })).toBe('record-malformed');
});

test('[REC-1] a wire is payload and 64 bytes of signature, nothing else', () => {
	const payload = encodeCbor(fields());
	const refusals = [
		encodeCbor([payload, new Uint8Array(63)]),
		encodeCbor([payload]),
		encodeCbor([payload, new Uint8Array(64), 0]),
		encodeCbor([fields(), new Uint8Array(64)]),
		encodeCbor({ payload, signature: new Uint8Array(64) }),
		encodeCbor(payload),
	].map((bytes) => parseRecord(bytes).ok);
	expect(refusals).toEqual([false, false, false, false, false, false]);
});

test('[REC-1] the payload inside must be canonical too', () => {
	const loose = fromHex('9f01ff');
	expect(parseRecord(sealRecord(loose, new Uint8Array(64)))).toEqual({ ok: false, error: 'cbor-not-canonical' });
});

test('[REC-1] a record is at most 16 KiB', () => {
	const long = (length: number) => forgeRaw(zhao.device, fields({ 10: { ...body, as: new Uint8Array(length) } }));
	expect(parseRecord(long(15 * 1024))).toEqual({ ok: false, error: 'record-body-invalid' });
	expect(parseRecord(long(16 * 1024))).toEqual({ ok: false, error: 'cbor-too-large' });
});

test('[REC-2] the id leaves the signature out: two signatures of one payload are one record', () => {
	const record = parsed(wire);
	const other = parsed(flipBit(wire, -1));
	expect(other.id).toBe(record.id);
	expect(other.signature).not.toEqual(record.signature);
});

test('[REC-2] any other payload is another record', () => {
	const other = forge(corner, zhao.device, 'invite', { ...invite, max: 4 });
	expect(parsed(other).id).not.toBe(parsed(wire).id);
});

test('[REC-3] where only these rules are of use another version is named as such, whatever its type and body', () => {
	expect(verdict(fields({ 0: 2 }))).toBe('record-unknown-version');
	expect(verdict(fields({ 0: 2, 3: 'from.the.future', 10: { anything: 1 } }))).toBe('record-unknown-version');
});

test.each(['ballots', 'constructor', 'toString', '__proto__', '', 'Invite'])(
	'[REC-4] refuses the type "%s"',
	(type) => {
		expect(verdict(fields({ 3: type }))).toBe('record-unknown-type');
	},
);

test.each<[string, CborValue]>([
	['a key more', { ...body, note: '你好' }],
	['a key less', { max: 3 }],
	['an optional key that is null', { ...body, as: null }],
	['a number as text', { ...body, max: '3' }],
	['a hash of 31 bytes', { ...body, as: new Uint8Array(31) }],
	['an empty body', {}],
])('[REC-5] refuses a body with %s', (_case, changed) => {
	expect(verdict(fields({ 10: changed }))).toBe('record-body-invalid');
});

test('[REC-5] refuses control characters in text, and a choice that is not in the list', () => {
	const nonce = new Uint8Array(16);
	const genesis = { name: '议事角', kind: 'rural', founders: [], quorum: 1, rules: 1, nonce };
	const named = (changed: Record<string, CborValue>) =>
		verdict(fields({ 3: 'genesis', 10: { ...genesis, ...changed } }));
	expect(named({})).toBe('parsed');
	expect(named({ name: '议事角\n' })).toBe('record-body-invalid');
	expect(named({ name: '' })).toBe('record-body-invalid');
	expect(named({ name: '角'.repeat(61) })).toBe('record-body-invalid');
	expect(named({ kind: 'urban' })).toBe('record-body-invalid');
});
