import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64Url, toBase64Url } from '#core/kernel/base64url.ts';
import { encodeCbor } from '#core/kernel/cbor.ts';
import { fromHex, toHex, type DeviceKey } from '#core/kernel/ids.ts';
import { formatRelayCard, parseRelayCard, type RelayCard } from '#core/wire/relay-card.ts';
import { must } from '../../support/must.ts';

const ORIGIN = 'https://corner.example';
const card: RelayCard = {
	relay: 'a1'.repeat(32) as DeviceKey,
	name: '东风院里的笔记本',
	fingerprint: 'f2'.repeat(32),
	port: 4181,
	addresses: ['192.168.1.20', 'fd00::2'],
	localName: 'chen-laptop.local',
	pairing: 'K7QD9M2XK7QD9M2XK7QD9Q',
};
const WIRE = [1, fromHex(card.relay), card.name, fromHex(card.fingerprint), card.port, card.addresses, null, null];

const hex32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex);
const cards: fc.Arbitrary<RelayCard> = fc.record({
	relay: hex32.map((hex) => hex as DeviceKey),
	name: fc
		.string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
		.filter((text) => !/[\p{Cc}]/u.test(text) && text.length <= 60),
	fingerprint: hex32,
	port: fc.integer({ min: 1, max: 65_535 }),
	addresses: fc.array(
		fc.oneof(
			fc.ipV4(),
			fc
				.ipV6()
				.map((text) => text.toLowerCase())
				.filter((text) => !text.includes('.')),
		),
		{ maxLength: 8 },
	),
	localName: fc.option(fc.stringMatching(/^[a-z0-9-]{1,63}\.local$/)),
	pairing: fc.option(fc.stringMatching(/^[\w-]{22}$/)),
});

test('[CARD-1] the card of a relay is a link into the app, and reads as it was written', () => {
	expect(formatRelayCard(ORIGIN, card)).toMatch(/^https:\/\/corner\.example\/app\/courtyard#[\w-]+$/);
	fc.assert(
		fc.property(cards, fc.constantFrom(ORIGIN, ''), (any, origin) => {
			expect(parseRelayCard(formatRelayCard(origin, any))).toEqual({ ok: true, value: any });
		}),
	);
});

test('[CARD-1] it fits a QR code that is read from an arm’s length, which has at most 450 letters', () => {
	const ipv6 = 'fd00:1234:5678:9abc:def0:1234:5678:9abc';
	const addresses = [...Array<string>(2).fill('192.168.100.200'), ...Array<string>(2).fill(ipv6)];
	expect(formatRelayCard(ORIGIN, { ...card, addresses }).length).toBeLessThan(450);
});

test.each([
	['another QR code', 'https://corner.example/join#abc', 'not-a-card'],
	['a text', '你好', 'not-a-card'],
	['no code', `${ORIGIN}/app/courtyard#`, 'card-broken'],
	['letters of no code', `${ORIGIN}/app/courtyard#你好`, 'card-broken'],
	['a card of a version to come', linkOf([2, 'whatever', { it: 'says' }]), 'card-newer'],
	['a version that never was', linkOf(WIRE.with(0, 0)), 'card-broken'],
	['a port that is none', linkOf(WIRE.with(4, 0)), 'card-broken'],
	['a port beyond all', linkOf(WIRE.with(4, 65_536)), 'card-broken'],
	['a name that is too long', linkOf(WIRE.with(2, '院'.repeat(61))), 'card-broken'],
	['a short fingerprint', linkOf(WIRE.with(3, new Uint8Array(31))), 'card-broken'],
	['nine addresses', linkOf(WIRE.with(5, Array<string>(9).fill('10.0.0.1'))), 'card-broken'],
	['an address that adds a line', linkOf(WIRE.with(5, ['10.0.0.1\r\na=x'])), 'card-broken'],
	['a name of the internet', linkOf(WIRE.with(6, 'corner.example.com')), 'card-broken'],
	['a field too many', linkOf([...WIRE, 1]), 'card-broken'],
	['more than any card', `${ORIGIN}/app/courtyard#${'A'.repeat(3000)}`, 'card-broken'],
])('[CARD-2] %s is refused with a reason', (_, link, refusal) => {
	expect(parseRelayCard(link)).toEqual({ ok: false, error: refusal });
});

test('[CARD-2] a code that was cut off or misread is no card', () => {
	const link = formatRelayCard(ORIGIN, card);
	for (let length = ORIGIN.length; length < link.length; length++) {
		expect(parseRelayCard(link.slice(0, length)).ok).toBe(false);
	}
	fc.assert(
		fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
			expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
			expect(parseRelayCard(`${ORIGIN}/app/courtyard#${toBase64Url(bytes)}`).ok).toBe(false);
		}),
	);
	expect(must(fromBase64Url('AA'))).toEqual(Uint8Array.of(0));
	expect(fromBase64Url('AB')).toBeUndefined();
	expect(fromBase64Url('A')).toBeUndefined();
});

function linkOf(value: Parameters<typeof encodeCbor>[0]): string {
	return `${ORIGIN}/app/courtyard#${toBase64Url(encodeCbor(value))}`;
}
