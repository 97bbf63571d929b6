import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '../kernel/base64url.ts';
import { decodeCbor, encodeCbor, type CborLimits, type CborValue } from '../kernel/cbor.ts';
import { digest, key, list, nullable, text, tuple, uint, type Field } from '../kernel/fields.ts';
import type { DeviceKey } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** What a phone must know to reach a courtyard relay: it stands in the QR code on the laptop (OFFLINE 1). */
export interface RelayCard {
	readonly relay: DeviceKey;
	/** For people; up to 60 UTF-16 units. */
	readonly name: string;
	/** SHA-256 of the relay's certificate, in hex. */
	readonly fingerprint: string;
	/** UDP. */
	readonly port: number;
	/** Where it was last: up to 8 literals of IPv4 or IPv6. */
	readonly addresses: readonly string[];
	/** `<name>.local`, which stays the same when the addresses change; null where nobody answers to it. */
	readonly localName: string | null;
	/** LEDGER 5: an unused founding code, for a grid that the relay does not know; null where the relay takes none. */
	readonly pairing: string | null;
}

/** `not-a-card`: another QR code. `card-newer`: made by a version to come. `card-broken`: misread, or cut off. */
export type CardRefusal = 'not-a-card' | 'card-newer' | 'card-broken';

const VERSION = 1;
const PATH = '/app/courtyard#';
const LIMITS: CborLimits = { bytes: 1024, depth: 2, items: 32 };
const ADDRESSES = 8;
const PORTS = 65_535;
/** One in four of IPv4 is more than 255, which no network has: it is tried and nobody answers. */
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]{2,39})$/;
const LOCAL_NAME = /^[a-z0-9-]{1,63}\.local$/;

/** A list and not a map: a QR code that holds less is read from farther away. */
const cardField: Field<
	readonly [number, DeviceKey, string, string, number, readonly string[], string | null, string | null]
> = tuple(
	uint,
	key,
	text(60),
	digest,
	upTo(PORTS),
	list(matching(ADDRESS), ADDRESSES),
	nullable(matching(LOCAL_NAME)),
	nullable(text(64)),
);

/**
 * CARD-1: a link, so that a phone's own camera opens the app with it. The fragment is sent to no server. `origin`: of the
 * app; '' where it is not known, and then only the app's own scanner makes anything of it.
 */
export function formatRelayCard(origin: string, card: RelayCard): string {
	const { relay, name, fingerprint, port, addresses, localName, pairing } = card;
	const fields = [VERSION, relay, name, fingerprint, port, addresses, localName, pairing] as const;
	return `${origin}${PATH}${toBase64Url(encodeCbor(cardField.encode(fields)))}`;
}

/** CARD-2: reads a link, from whatever origin: the app has one, and it is open already. */
export function parseRelayCard(link: string): Result<RelayCard, CardRefusal> {
	const start = link.indexOf(PATH);
	return start < 0 ? err('not-a-card') : parseCode(link.slice(start + PATH.length).trim());
}

function parseCode(code: string): Result<RelayCard, CardRefusal> {
	const bytes = code.length > LIMITS.bytes * 2 ? undefined : fromBase64Url(code);
	const decoded = bytes ? decodeCbor(bytes, LIMITS) : undefined;
	if (!decoded?.ok) return err('card-broken');
	if (versionOf(decoded.value) > VERSION) return err('card-newer');
	const parsed = v.safeParse(cardField.schema, decoded.value);
	if (!parsed.success || parsed.output[0] !== VERSION) return err('card-broken');
	const [, relay, name, fingerprint, port, addresses, localName, pairing] = parsed.output;
	return ok({ relay, name, fingerprint, port, addresses, localName, pairing });
}

const isList = (value: CborValue): value is readonly CborValue[] => Array.isArray(value);

function versionOf(value: CborValue): number {
	const version = isList(value) ? value[0] : undefined;
	return typeof version === 'number' ? version : 0;
}

function matching(pattern: RegExp): Field<string> {
	return { schema: v.pipe(v.string(), v.regex(pattern)), encode: (value) => value };
}

function upTo(most: number): Field<number> {
	return { schema: v.pipe(v.number(), v.safeInteger(), v.minValue(1), v.maxValue(most)), encode: (value) => value };
}
