import encodeQR from 'qr';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toBase64Url } from '#core/kernel/base64url.ts';
import { encodeCbor } from '#core/kernel/cbor.ts';
import { formatFaceCode, parseFaceCode, type FaceCode } from '#core/wire/face-code.ts';
import { describeFace, shrinkDescription } from '#core/wire/face-description.ts';

const ORIGIN = 'https://corner.example';

const FIRST: FaceCode = {
	kind: 'first',
	grid: '0123456789abcdef',
	meeting: 'fedcba9876543210',
	ufrag: 'li5h',
	password: 'zrxqXmOUWhESdOxGp9wnLiG0',
	fingerprint: 'f0'.repeat(32),
	candidates: [{ host: '496a89b1-5da8-4ba8-8574-d339716ee89a.local', port: 33_377 }],
};

/** As Chromium writes it. */
const CHROMIUM = `v=0\r
o=- 2058980956979612977 2 IN IP4 127.0.0.1\r
m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r
a=candidate:3470971836 1 udp 2113937151 496a89b1-5da8-4ba8-8574-d339716ee89a.local 33377 typ host generation 0 network-cost 999\r
a=candidate:1 1 tcp 1518280447 192.168.1.7 9 typ host tcptype active\r
a=ice-ufrag:li5h\r
a=ice-pwd:zrxqXmOUWhESdOxGp9wnLiG0\r
a=fingerprint:sha-256 ${'F0:'.repeat(32).slice(0, -1)}\r
a=setup:actpass\r
`;

const iceChar = fc.constantFrom(...'ABCxyz019+/');
const hex = (bytes: number) =>
	fc.uint8Array({ minLength: bytes, maxLength: bytes }).map((all) => Buffer.from(all).toString('hex'));
const host = fc.oneof(
	fc.ipV4(),
	fc.uuid().map((id) => `${id}.local`),
	fc.constant('fe80::1'),
);
const faces: fc.Arbitrary<FaceCode> = fc.record({
	kind: fc.constantFrom('first', 'second'),
	grid: hex(8),
	meeting: hex(8),
	ufrag: fc.string({ unit: iceChar, minLength: 4, maxLength: 32 }),
	password: fc.string({ unit: iceChar, minLength: 22, maxLength: 64 }),
	fingerprint: hex(32),
	candidates: fc.array(fc.record({ host, port: fc.integer({ min: 0, max: 65_535 }) }), { minLength: 1, maxLength: 4 }),
});

test('[FACE-1] a code says all that the other phone cannot know, and is read again', () => {
	fc.assert(
		fc.property(faces, (face) => {
			expect(parseFaceCode(formatFaceCode(ORIGIN, face))).toEqual({ ok: true, value: face });
		}),
	);
});

test('[FACE-1] with one way to be reached it is a code of no more than 61 modules', () => {
	expect(encodeQR(formatFaceCode(ORIGIN, FIRST), 'raw', { ecc: 'medium', border: 4 }).length - 8).toBeLessThanOrEqual(
		61,
	);
});

test('[FACE-3] a browser’s description shrinks to that, and is written again from it', () => {
	const { ufrag, password, fingerprint, candidates } = FIRST;
	const shrunk = shrinkDescription(CHROMIUM);
	expect(shrunk).toEqual({ ufrag, password, fingerprint, candidates });
	expect(shrinkDescription(describeFace(FIRST))).toEqual(shrunk);
	expect(describeFace(FIRST)).toContain('a=setup:actpass\r\n');
	expect(describeFace({ ...FIRST, kind: 'second' })).toContain('a=setup:active\r\n');
});

test.each(['ice-ufrag', 'ice-pwd', 'fingerprint', 'candidate'])('[FACE-3] without its %s it is of no use', (name) => {
	const lines = CHROMIUM.split('\r\n').filter((line) => !line.startsWith(`a=${name}`));
	expect(shrinkDescription(lines.join('\r\n'))).toBeUndefined();
});

const codeOf = (fields: Parameters<typeof encodeCbor>[0]) =>
	`${ORIGIN}/app/me/file/face#${toBase64Url(encodeCbor(fields))}`;
const eight = new Uint8Array(8);
const fingerprint = new Uint8Array(32);
const password = 'p'.repeat(22);

test.each([
	['not-a-face-code', 'https://example.org/menu'],
	['not-a-face-code', ''],
	['face-code-broken', formatFaceCode(ORIGIN, FIRST).slice(0, -9)],
	['face-code-broken', `${ORIGIN}/app/me/file/face#${'A'.repeat(5000)}`],
	['face-code-newer', codeOf([2, 'whatever comes'])],
	['face-code-broken', codeOf([1, 2, eight, eight, 'ufrag', password, fingerprint, [['192.168.1.2', 1]]])],
	['face-code-broken', codeOf([1, 0, eight, eight, 'ufrag', password, fingerprint, []])],
	['face-code-broken', codeOf([1, 0, eight, eight, 'u\r\na=x', password, fingerprint, [['192.168.1.2', 1]]])],
	['face-code-broken', codeOf([1, 0, eight, eight, 'ufrag', password, fingerprint, [['evil.example', 1]]])],
	['face-code-broken', codeOf([1, 0, eight, eight, 'ufrag', password, fingerprint, [['192.168.1.2', 70_000]]])],
	['face-code-broken', codeOf([0, 0, eight, eight, 'ufrag', password, fingerprint, [['192.168.1.2', 1]]])],
])('[FACE-2] %s', (error, text) => {
	expect(parseFaceCode(text)).toEqual({ ok: false, error });
});

test('[FACE-2] whatever is scanned or pasted, it never fails', () => {
	const texts = fc.oneof(
		fc.string(),
		fc.base64String().map((text) => `/app/me/file/face#${text}`),
	);
	fc.assert(fc.property(texts, (text) => void expect(() => parseFaceCode(text)).not.toThrow()));
});
