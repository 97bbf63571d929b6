import { expect, test } from 'vitest';
import { encodeCbor, type CborValue } from '#core/kernel/cbor.ts';
import { fromHex } from '#core/kernel/ids.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { sealRecord } from '#core/ledger/record.ts';
import { stateHash } from '#core/ledger/state-hash.ts';
import { scopeRoot } from '#core/wire/reconcile.ts';
import { Council } from '../../support/council.ts';
import { flipBit, forge, forgeRaw, idOf, ofNewerRules } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { holderOf, verdictOn } from '../../support/offering.ts';

const council = new Council();
const { corner, zhao } = council;
const topic = council.topic();
const like = forge(corner, zhao.device, 'cosign', { target: topic, kind: 'approve' });
/** Position in the payload (LEDGER 1). */
const [GRID, SCOPE, TYPE, BY, AUTH, SEQ, BODY] = [1, 2, 3, 4, 5, 6, 10] as const;
const newer = (changes: Readonly<Record<number, CborValue>> = {}) => ofNewerRules(zhao.device, like, changes);
const wire = newer({ [TYPE]: 'from.the.future', [BODY]: { anything: [1, '二'] } });
const id = idOf(wire);

test.each<[string, Readonly<Record<number, CborValue>>]>([
	['another type and body', { [TYPE]: 'from.the.future', [BODY]: { anything: 1 } }],
	['a type of ours', {}],
	['no authority', { [AUTH]: null }],
	['a scope that no poll has', { [SCOPE]: fromHex('ab'.repeat(32)) }],
	['a place in the chain that is not its own', { [SEQ]: 77 }],
	['rules that are newer still', { 0: 99 }],
])('[REC-3] a record of newer rules with %s is accepted', (_case, changes) => {
	expect(verdictOn(corner, newer(changes))).toBe('accept');
});

test('[REC-3] one of another grid, of a weak key, badly signed or malformed is not', () => {
	expect(verdictOn(corner, newer({ [GRID]: fromHex('ab'.repeat(32)) }))).toBe('other-grid');
	expect(verdictOn(corner, newer({ [GRID]: null }))).toBe('other-grid');
	expect(verdictOn(corner, newer({ [BY]: new Uint8Array(32) }))).toBe('key-weak');
	expect(verdictOn(corner, newer({ [BY]: fromHex(council.chen.device.key) }))).toBe('signature-invalid');
	expect(verdictOn(corner, flipBit(newer(), -1))).toBe('signature-invalid');
	expect(verdictOn(corner, newer({ 0: 0 }))).toBe('record-malformed');
	expect(verdictOn(corner, newer({ [BODY]: 'text' }))).toBe('record-malformed');
	expect(verdictOn(corner, newer({ [BODY]: { long: new Uint8Array(16 * 1024) } }))).toBe('cbor-too-large');
	expect(verdictOn(corner, sealRecord(encodeCbor([2]), new Uint8Array(64)))).toBe('record-malformed');
	expect(verdictOn(corner, forgeRaw(zhao.device, [2, null]))).toBe('record-malformed');
});

test('[REC-3] it is held and counted, and nothing that asks what the ledger says finds it', () => {
	const holder = holderOf(corner);
	const { ledger } = holder;
	const [before, root, size] = [stateHash(foldLedger(ledger, corner.blob)), scopeRoot(ledger, null), ledger.size];
	expect(ledger.hasNewerRules).toBe(false);
	expect(holder.offer(newer())).toBe('accept');
	expect(holder.offer(wire)).toBe('accept');
	expect(holder.offer(wire)).toBe('duplicate');

	expect(ledger.hasNewerRules).toBe(true);
	expect(ledger.size).toBe(size + 2);
	expect(ledger.idsOf(null)).toContain(id);
	expect(must(ledger.held(id)).wire).toEqual(wire);
	expect(scopeRoot(ledger, null)).not.toBe(root);

	expect(ledger.has(id)).toBe(false);
	expect(ledger.get(id)).toBeUndefined();
	expect(ledger.citing(topic, 'cosign')).toEqual([]);
	expect([...ledger.all()]).toHaveLength(size);
	expect(stateHash(foldLedger(ledger, corner.blob))).toBe(before);
});

test('[REC-3] a record that rests on it waits, whichever came first', () => {
	const holder = holderOf(corner);
	const resting = forge(corner, zhao.device, 'cosign', { target: id, kind: 'approve' });
	expect(holder.offer(resting)).toBe('later');
	holder.offer(wire);
	expect(holder.offer(resting)).toBe('later');
});
