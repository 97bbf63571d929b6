import * as v from 'valibot';
import {
	BLOB_LIMITS,
	decodeCbor,
	encodeCbor,
	MESSAGE_LIMITS,
	RECORD_LIMITS,
	type CborLimits,
	type CborValue,
} from '../kernel/cbor.ts';
import { byteString, id, list, object, optional, text, type BodyOf } from '../kernel/fields.ts';
import { compareText, type GridId, type RecordId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { blobHash } from '../ledger/blobs.ts';
import { parseWire, type HeldRecord } from '../ledger/record.ts';
import { parseRoom } from '../wire/rooms.ts';

/**
 * FILE-1: what somebody carries from one device to another: any records, blobs and drafts of one grid (LEDGER 6).
 * A public outcome is such a file too, and says whose.
 */
export interface CarriedFile {
	readonly grid: GridId;
	/** BUNDLE-1: the `publish` or `publish.correct` that the file is about. */
	readonly outcome?: RecordId;
	readonly records: readonly HeldRecord[];
	readonly blobs: readonly Uint8Array[];
	readonly drafts: readonly CarriedDraft[];
}
/** One draft as the Yjs updates that make it, in any order. */
export interface CarriedDraft {
	readonly room: string;
	readonly updates: readonly Uint8Array[];
}

export type CarriedFileRefusal = 'file-not-ours' | 'file-newer' | 'file-broken' | 'file-too-large';

/** 256 MiB unpacked: a small file must not be able to fill a phone's memory. */
export const CARRIED_FILE_LIMITS: CborLimits = { bytes: 256 * 1024 * 1024, depth: 5, items: 1_000_000 };

const NAME = 'council-corner/';
const FORMAT = `${NAME}1`;
const { items } = CARRIED_FILE_LIMITS;

const fields = {
	f: text(32),
	grid: id,
	outcome: optional(id),
	recs: list(byteString(RECORD_LIMITS.bytes), items),
	blobs: list(byteString(BLOB_LIMITS.bytes), items),
	drafts: optional(list(object({ room: text(256), updates: list(byteString(MESSAGE_LIMITS.bytes), items) }), items)),
};
const fileField = object(fields);
type FileBody = BodyOf<typeof fields>;

/** The one encoding of these contents, whatever order they came in. */
export function encodeCarriedFile({ grid, outcome, records, blobs, drafts }: CarriedFile): Uint8Array {
	const sorted: FileBody = {
		f: FORMAT,
		grid,
		...(outcome === undefined ? {} : { outcome }),
		recs: inOrder(records, ({ id: own }) => own).map(({ wire }) => wire),
		blobs: inOrder(blobs, blobHash),
		...(drafts.length === 0 ? {} : { drafts: inOrder(drafts, ({ room }) => room) }),
	};
	return encodeCbor(fileField.encode(sorted));
}

/**
 * FILE-2: reads what `encodeCarriedFile` wrote, and nothing else. Records of a type that this code does not know are
 * left out one by one; what is left still has to be admitted.
 */
export function decodeCarriedFile(bytes: Uint8Array): Result<CarriedFile, CarriedFileRefusal> {
	const decoded = decodeCbor(bytes, CARRIED_FILE_LIMITS);
	if (!decoded.ok) return err(decoded.error === 'cbor-too-large' ? 'file-too-large' : 'file-not-ours');
	const format = formatOf(decoded.value);
	if (!format?.startsWith(NAME)) return err('file-not-ours');
	if (format !== FORMAT) return err('file-newer');
	const parsed = v.safeParse(fileField.schema, decoded.value);
	return parsed.success ? checked(parsed.output) : err('file-broken');
}

function checked({ grid, outcome, recs, blobs, drafts = [] }: FileBody): Result<CarriedFile, CarriedFileRefusal> {
	const records = recs.map(parseWire).flatMap((record) => (record.ok ? [record.value] : []));
	const orders = [records.map(({ id: own }) => own), blobs.map(blobHash), drafts.map(({ room }) => room)];
	if (!orders.every(isAscending)) return err('file-broken');
	if (!drafts.every(({ room }) => isDraftOf(grid, room))) return err('file-broken');
	return ok({ grid, ...(outcome === undefined ? {} : { outcome }), records, blobs, drafts });
}

function formatOf(value: CborValue): string | undefined {
	if (typeof value !== 'object' || value === null || !('f' in value)) return undefined;
	return typeof value.f === 'string' ? value.f : undefined;
}

function inOrder<T>(values: readonly T[], key: (value: T) => string): readonly T[] {
	const keyed = new Map(values.map((value) => [key(value), value]));
	return [...keyed].sort(([a], [b]) => compareText(a, b)).map(([, value]) => value);
}

function isAscending(keys: readonly string[]): boolean {
	return keys.every((key, index) => index === 0 || compareText(keys[index - 1] ?? '', key) < 0);
}

function isDraftOf(grid: GridId, name: string): boolean {
	const room = parseRoom(name);
	return room.ok && room.value.kind !== 'ledger' && room.value.grid === grid;
}
