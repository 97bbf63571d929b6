import { ed25519 } from '@noble/curves/ed25519.js';
import { expect, test } from 'vitest';
import { fromHex, toHex, type DeviceKey } from '#core/kernel/ids.ts';
import { KNOWN_ANSWER } from '#core/ledger/known-answer.ts';
import { payloadOf, sealRecord, signatureInput } from '#core/ledger/record.ts';
import { isWeakKey, signatureChecks } from '#core/ledger/signatures.ts';
import { Council } from '../../support/council.ts';
import { flipBit, forge, parsed, signWire } from '../../support/forging.ts';
import { must } from '../../support/must.ts';
import { holderOf } from '../../support/offering.ts';
import { Verifier } from '../../../server/ed25519.ts';

const council = new Council();
const { corner, zhao, sun } = council;
const topic = must(corner.ledger.get(council.topic()));
const wire = forge(corner, zhao.device, 'receipt', { ids: [topic.id] });
const payload = payloadOf(parsed(wire));
const holder = holderOf(corner);

test('[SIG-1] a record is signed by the key it names, over label and payload', () => {
	const [own] = signatureChecks(corner.ledger, parsed(wire));
	expect(own).toEqual({ key: zhao.device.key, message: signatureInput(payload), signature: parsed(wire).signature });
	expect(toHex(signatureInput(payload)).startsWith(toHex(new TextEncoder().encode('council-corner/record/1\0')))).toBe(
		true,
	);
	expect(holder.judge(wire)).toBe('accept');
});

test('[SIG-1] an unsigned record, a bare signature of the payload and somebody else’s signature are refused', () => {
	const bare = sealRecord(payload, zhao.device.sign(payload));
	const unsigned = sealRecord(payload, new Uint8Array(64));
	expect([unsigned, bare, signWire(sun.device, payload)].map((other) => holder.judge(other))).toEqual(
		Array(3).fill('signature-invalid'),
	);
});

test('[SIG-1] no bit of a signed wire can be turned without its being refused or waiting for what is not there', () => {
	const kept: number[] = [];
	for (let bit = 0; bit < wire.length * 8; bit++) {
		const verdict = holder.judge(flipBit(wire, bit >> 3, bit & 7));
		if (verdict === 'accept' || verdict === 'duplicate') kept.push(bit);
	}
	expect(kept).toEqual([]);
});

test('[SIG-2] OpenSSL finds the honest known answer true and the crafted one false', () => {
	const verifier = new Verifier();
	expect(verifier.isTrue(KNOWN_ANSWER.honest)).toBe(true);
	expect(verifier.isTrue(KNOWN_ANSWER.crafted)).toBe(false);
});

test('[SIG-2] why the crafted one is there: @noble/curves takes it, as its strict mode does', () => {
	const { key, message, signature } = KNOWN_ANSWER.crafted;
	expect(ed25519.verify(signature, message, fromHex(key))).toBe(true);
	expect(ed25519.verify(signature, message, fromHex(key), { zip215: false })).toBe(true);
	expect(ed25519.verify(flipBit(signature, 40), message, fromHex(key))).toBe(false);
});

const { Point } = ed25519;
const torsion = Point.fromHex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05', true);
const smallOrder = Array.from({ length: 8 }, (_, times) =>
	times === 0 ? Point.ZERO : torsion.multiplyUnsafe(BigInt(times)),
);

test('[ADM-7] all eight points of small order are weak keys', () => {
	const keys = smallOrder.map((point) => point.toHex() as DeviceKey);
	expect(new Set(keys).size).toBe(8);
	expect(keys.filter((key) => !isWeakKey(key))).toEqual([]);
	expect(smallOrder.every((point) => point.multiplyUnsafe(8n).equals(Point.ZERO))).toBe(true);
});

test('[ADM-7] why: under a weak key one signature, made without any secret, fits every message in some libraries', () => {
	const forged = Uint8Array.from([...Point.ZERO.toBytes(), ...new Uint8Array(32)]);
	const messages = ['同意', '反对', '弃权'].map((words) => new TextEncoder().encode(words));
	const taken = messages.map((message) => ed25519.verify(forged, message, torsion.toBytes()));
	expect(taken).toEqual([true, true, true]);
});

test('[ADM-7] no ordinary key is weak', () => {
	const keys = Array.from({ length: 200 }, (_, index) => corner.deviceFor(`居民 ${index}`).key);
	expect(keys.filter(isWeakKey)).toEqual([]);
});
