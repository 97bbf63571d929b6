import * as v from 'valibot';
import { fromBase64Url, toBase64Url } from '../kernel/base64url.ts';
import { decodeCbor, encodeCbor, type CborLimits } from '../kernel/cbor.ts';
import { bytes, digest, list, tuple, uint, type Field } from '../kernel/fields.ts';
import { fromHex, toHex, type GridId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/**
 * One of the two codes by which two phones find each other without any server (OFFLINE 4): the first is shown by who
 * begins and scanned by the other, who then shows the second.
 */
export interface FaceCode {
	readonly kind: 'first' | 'second';
	/** The first eight bytes of the grid's id, in hex: enough to tell another corner's code. */
	readonly grid: string;
	/** Eight random bytes, in hex, chosen by who begins: a second code belongs to one first code. */
	readonly meeting: string;
	/** Of ICE (RFC 8839). */
	readonly ufrag: string;
	readonly password: string;
	/** SHA-256 of the certificate of this connection, in hex. */
	readonly fingerprint: string;
	/** Where the phone may be reached, the likeliest first; at least one. */
	readonly candidates: readonly FaceCandidate[];
}
export interface FaceCandidate {
	/** An address literal, or a name that only the local network knows (mDNS). */
	readonly host: string;
	/** UDP. */
	readonly port: number;
}

/** `not-a-face-code`: another QR code. `face-code-newer`: made by a version to come. `face-code-broken`: cut off or misread. */
export type FaceCodeRefusal = 'not-a-face-code' | 'face-code-newer' | 'face-code-broken';

export const FACE_CANDIDATES = 4;
const PATH = '/app/me/file/face#';
const VERSION = 1;
const KINDS = ['first', 'second'] as const;
const LIMITS: CborLimits = { bytes: 512, depth: 3, items: 32 };
const PORTS = 65_535;
/** RFC 8839 5.4: ice-chars. */
const UFRAG = /^[A-Za-z0-9+/]{4,32}$/;
const PASSWORD = /^[A-Za-z0-9+/]{22,64}$/;
const MDNS = /^([0-9a-f]{8})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{4})-([0-9a-f]{12})\.local$/;
const ADDRESS = /^(\d{1,3}(\.\d{1,3}){3}|[0-9a-f:]{2,39})$/;

/** A list and not a map: the less a code holds, the farther away it is read. */
const codeField: Field<
	readonly [number, number, Uint8Array, Uint8Array, string, string, string, readonly (readonly [string, number])[]]
> = tuple(
	uint,
	upTo(1),
	bytes(8),
	bytes(8),
	matching(UFRAG),
	matching(PASSWORD),
	digest,
	list(tuple(hostField(), upTo(PORTS)), FACE_CANDIDATES),
);

/** What of a grid's id stands in a code. */
export const gridMark = (grid: GridId): string => grid.slice(0, 16);

/** FACE-1: a link, so that a phone's own camera opens the right page with it. The fragment is sent to no server. */
export function formatFaceCode(origin: string, code: FaceCode): string {
	const { kind, grid, meeting, ufrag, password, fingerprint, candidates } = code;
	const hosts = candidates.slice(0, FACE_CANDIDATES).map(({ host, port }) => [host, port] as const);
	const whose = [KINDS.indexOf(kind), fromHex(grid), fromHex(meeting)] as const;
	const fields = [VERSION, ...whose, ufrag, password, fingerprint, hosts] as const;
	return `${origin}${PATH}${toBase64Url(encodeCbor(codeField.encode(fields)))}`;
}

/** FACE-2: reads a link, from whatever origin: the app has one, and it is open already. */
export function parseFaceCode(link: string): Result<FaceCode, FaceCodeRefusal> {
	const start = link.indexOf(PATH);
	return start < 0 ? err('not-a-face-code') : parseFields(link.slice(start + PATH.length).trim());
}

function parseFields(text: string): Result<FaceCode, FaceCodeRefusal> {
	const read = text.length > LIMITS.bytes * 2 ? undefined : fromBase64Url(text);
	const decoded = read ? decodeCbor(read, LIMITS) : undefined;
	if (!decoded?.ok) return err('face-code-broken');
	const version = Array.isArray(decoded.value) ? (decoded.value[0] as unknown) : undefined;
	if (typeof version === 'number' && version > VERSION) return err('face-code-newer');
	const parsed = v.safeParse(codeField.schema, decoded.value);
	if (!parsed.success || parsed.output[0] !== VERSION) return err('face-code-broken');
	const [, kind, grid, meeting, ufrag, password, fingerprint, hosts] = parsed.output;
	const candidates = hosts.map(([host, port]) => ({ host, port }));
	const whose = { kind: KINDS[kind] ?? 'first', grid: toHex(grid), meeting: toHex(meeting) };
	return candidates.length > 0 ? ok({ ...whose, ufrag, password, fingerprint, candidates }) : err('face-code-broken');
}

/** Sixteen bytes for a random name of mDNS, text for an address. */
function hostField(): Field<string> {
	const name = v.pipe(
		v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length === 16),
		v.transform((id) => toHex(id).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5.local')),
	);
	const address = v.pipe(v.string(), v.regex(ADDRESS));
	return { schema: v.union([name, address]), encode: (host) => (MDNS.test(host) ? idOf(host) : host) };
}

const idOf = (host: string): Uint8Array => fromHex(host.replaceAll('-', '').slice(0, 32));

function matching(pattern: RegExp): Field<string> {
	return { schema: v.pipe(v.string(), v.regex(pattern)), encode: (value) => value };
}

function upTo(most: number): Field<number> {
	return { schema: v.pipe(v.number(), v.safeInteger(), v.minValue(0), v.maxValue(most)), encode: (value) => value };
}
