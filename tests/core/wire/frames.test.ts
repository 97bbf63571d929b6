import fc from 'fast-check';
import { expect, test } from 'vitest';
import { concat, type BlobHash, type DeviceKey, type RecordId } from '#core/kernel/ids.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import * as frames from '#core/wire/frames.ts';
import { BATCH, type LedgerMessage } from '#core/wire/ledger-messages.ts';
import { loginMessage, type LoginMessage } from '#core/wire/login-messages.ts';
import { encodeCbor } from '#core/kernel/cbor.ts';
import { must } from '../../support/must.ts';

const { decodeOwnFrame, encodeDraftMessage, encodeLedgerMessage, encodeLoginMessage } = frames;
const hash = 'ab'.repeat(32);
const [id, key, blob] = [hash as RecordId, hash as DeviceKey, hash as BlobHash];
const bytes = (length: number) => new Uint8Array(length).fill(7);

/** One of each kind; a kind that is forgotten is a type error. */
const ledger: { readonly [T in LedgerMessage['t']]: Extract<LedgerMessage, { readonly t: T }> } = {
	hello: { t: 'hello', scope: null, root: hash },
	same: { t: 'same', scope: id, root: hash },
	buckets: { t: 'buckets', scope: null, buckets: bytes(4096) },
	ids: {
		t: 'ids',
		scope: null,
		ids: [
			[171, [id]],
			[0, []],
		],
	},
	want: { t: 'want', scope: id, ids: [id, id] },
	records: { t: 'records', scope: null, wires: [bytes(3), bytes(16 * 1024)] },
	ack: {
		t: 'ack',
		verdicts: [
			[id, ''],
			[id, 'later'],
		],
	},
	'offer-blobs': { t: 'offer-blobs', hashes: [blob] },
	'want-blobs': { t: 'want-blobs', hashes: [blob] },
	'want-rest': { t: 'want-rest', hash: blob, offset: 65_536 },
	chunk: { t: 'chunk', hash: blob, offset: 65_536, size: 70_000, bytes: bytes(BATCH.chunk) },
	'blob-ack': { t: 'blob-ack', hash: blob, verdict: 'blob-hash-wrong' },
	subscribe: { t: 'subscribe', scope: id },
};
const login: { readonly [T in LoginMessage['t']]: Extract<LoginMessage, { readonly t: T }> } = {
	challenge: { t: 'challenge', relay: key, nonce: bytes(32), wires: [bytes(9)] },
	proof: { t: 'proof', key, signature: bytes(64), wires: [bytes(300)], founding: 'K7QD-9M2X' },
	welcome: { t: 'welcome', role: 'convener' },
};
const draft: { readonly [T in DraftMessage['t']]: Extract<DraftMessage, { readonly t: T }> } = {
	stored: { t: 'stored', n: 3 },
	beat: { t: 'beat', n: 4 },
	alive: { t: 'alive', n: 4 },
	history: { t: 'history', after: 5 },
	past: {
		t: 'past',
		updates: [
			[6, 7, 'ab'.repeat(32) as DeviceKey, Uint8Array.of(8)],
			[9, 0, null, Uint8Array.of(10)],
		],
	},
	have: { t: 'have', drafts: [['a room', 'cd'.repeat(32)]] },
	step1: { t: 'step1', room: 'a room', vector: Uint8Array.of(0) },
	step2: { t: 'step2', room: 'a room', update: Uint8Array.of(0, 0) },
};

const written = [
	...Object.values(ledger).map((message) => [message.t, 64, message, encodeLedgerMessage(message)] as const),
	...Object.values(login).map((message) => [message.t, 65, message, encodeLoginMessage(message)] as const),
	...Object.values(draft).map((message) => [message.t, 66, message, encodeDraftMessage(message)] as const),
];

test.each(written)('[WIRE-3] %s comes back as it was sent', (_kind, number, message, frame) => {
	expect(frame[0]).toBe(number);
	expect(decodeOwnFrame(frame)).toEqual({ ok: true, value: { number, message } });
});

test.each(written)('[WIRE-3] %s cut short, with more behind it, or under another number, is malformed', (...args) => {
	const [, number, , frame] = args;
	const other = number === 66 ? 64 : 66;
	const broken = [
		frame.subarray(0, -1),
		concat(frame, Uint8Array.of(0)),
		concat(Uint8Array.of(other), frame.subarray(1)),
	];
	expect(broken.map((bytes) => decodeOwnFrame(bytes).ok)).toEqual([false, false, false]);
});

test.each(written)('[WIRE-3] %s with a field more or a field less is malformed', (_kind, number, message) => {
	const plain = Object.fromEntries(Object.entries(message).filter(([, value]) => typeof value !== 'object'));
	const frameOf = (value: object) => concat(Uint8Array.of(number), encodeCbor(value as never));
	expect(decodeOwnFrame(frameOf({ ...plain, more: 1 })).ok).toBe(false);
	expect(decodeOwnFrame(frameOf({ t: message.t })).ok).toBe(false);
});

const malformed = (message: unknown) => decodeOwnFrame(encodeLedgerMessage(message as LedgerMessage)).ok === false;

test('[WIRE-3] limits hold: 128 wires, wires of a record’s size, 256 buckets, chunks of 64 KiB', () => {
	const wires = (count: number, length: number) => ({ ...ledger.records, wires: Array(count).fill(bytes(length)) });
	expect(malformed(wires(128, 10))).toBe(false);
	expect(malformed(wires(129, 10))).toBe(true);
	expect(malformed(wires(1, 16 * 1024 + 129))).toBe(true);
	expect(malformed({ ...ledger.ids, ids: Array(257).fill([0, []]) })).toBe(true);
	expect(malformed({ ...ledger.buckets, buckets: bytes(4095) })).toBe(true);
	expect(malformed({ ...ledger.chunk, bytes: bytes(BATCH.chunk + 1) })).toBe(true);
});

test('[WIRE-3] before the proof a frame may be smaller than after it', () => {
	const frame = encodeLedgerMessage({ ...ledger.records, wires: Array(8).fill(bytes(16 * 1024)) });
	const limits = { bytes: frames.BEFORE_LOGIN.bytes, depth: 8, items: 4096 };
	expect(decodeOwnFrame(frame).ok).toBe(true);
	expect(decodeOwnFrame(frame, limits)).toEqual({ ok: false, error: 'frame-malformed' });
});

test('[WIRE-3] no bytes at all are a frame of ours by chance', () => {
	const numbered = fc.tuple(fc.constantFrom(0, 1, 2, 3, 64, 65, 66, 255), fc.uint8Array({ maxLength: 80 }));
	const property = fc.property(numbered, ([number, rest]) => {
		expect(decodeOwnFrame(concat(Uint8Array.of(number), rest))).toEqual({ ok: false, error: 'frame-malformed' });
	});
	fc.assert(property, { numRuns: 3000 });
	expect(decodeOwnFrame(new Uint8Array())).toEqual({ ok: false, error: 'frame-malformed' });
});

test('[WIRE-1] our numbers stand beside those of y-websocket, each once', () => {
	const { sync, awareness, auth, queryAwareness, ...ours } = frames.MESSAGE_NUMBERS;
	expect([sync, awareness, auth, queryAwareness]).toEqual([0, 1, 2, 3]);
	expect(ours).toEqual({ ledger: 64, login: 65, draft: 66 });
});

test('[WIRE-2] a proof is bound to relay, nonce, grid, room and host: none can be exchanged', () => {
	const usual = [key, bytes(32), hash, 'room', 'example.org:443'] as const;
	const [relay, nonce, grid, room, host] = usual;
	const messages = [
		loginMessage(relay, nonce, grid, room, host),
		loginMessage('cd'.repeat(32) as DeviceKey, nonce, grid, room, host),
		loginMessage(relay, new Uint8Array(32), grid, room, host),
		loginMessage(relay, nonce, 'other', room, host),
		loginMessage(relay, nonce, grid, 'other', host),
		loginMessage(relay, nonce, grid, room, 'evil.example'),
		loginMessage(relay, nonce, `${grid}room`, '', host),
	].map((message) => Buffer.from(message).toString('hex'));
	expect(new Set(messages).size).toBe(messages.length);
	expect(Buffer.from(must(messages[0]), 'hex').toString('latin1').startsWith('council-corner/auth/1\0')).toBe(true);
});

test('[WIRE-6] before its proof a connection has little room and little time', () => {
	const { bytes: room, milliseconds } = frames.BEFORE_LOGIN;
	expect(room).toBeLessThanOrEqual(1024 * 1024);
	expect(milliseconds).toBeLessThanOrEqual(10_000);
	expect(encodeLoginMessage(login.proof).length).toBeLessThan(room);
});
