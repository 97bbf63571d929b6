import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
	CARRIED_FILE_LIMITS,
	decodeCarriedFile,
	encodeCarriedFile,
	type CarriedFile,
} from '#core/bundle/carried-file.ts';
import { decodeCbor, encodeCbor, type CborValue } from '#core/kernel/cbor.ts';
import type { GridId } from '#core/kernel/ids.ts';
import { parseWire, type HeldRecord } from '#core/ledger/record.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { SeededKey } from '../../../server/cli/scenario/seeded-key.ts';
import { ofNewerRules } from '../../support/forging.ts';
import { GeneratedLedger } from '../../support/ledger-generator.ts';
import { must } from '../../support/must.ts';

const world = new GeneratedLedger(7, 40);
const records = world.wires.map(parseWire).flatMap((result) => (result.ok ? [result.value] : []));
const topic = records.find(({ type }) => type === 'topic.open')?.id ?? world.grid;
const blobs = [Uint8Array.of(0x61, 0x61), Uint8Array.of(0x61, 0x62)];
const drafts = [{ room: draftRoom(world.grid, 'topic', topic), updates: [Uint8Array.of(1), Uint8Array.of(2, 3)] }];
const file: CarriedFile = { grid: world.grid, records, blobs, drafts };
const bytes = encodeCarriedFile(file);

/** The file as plain CBOR values, with something changed. */
function changed(change: (value: Record<string, CborValue>) => Record<string, CborValue>): Uint8Array {
	const value = decodeCbor(bytes, CARRIED_FILE_LIMITS);
	return encodeCbor(change(value.ok ? { ...(value.value as Record<string, CborValue>) } : {}));
}
const listOf = (value: CborValue | undefined): readonly CborValue[] => value as readonly CborValue[];

test('[FILE-1] a file gives back all records, blobs and drafts of a grid', () => {
	const read = decodeCarriedFile(bytes);
	expect(read.ok && read.value.grid).toBe(world.grid);
	expect(read.ok && new Set(read.value.records.map(({ id }) => id))).toEqual(new Set(records.map(({ id }) => id)));
	expect(read.ok && read.value.drafts).toEqual(drafts);
	expect(read.ok && read.value.blobs).toHaveLength(2);
});

test('[FILE-1] the same contents are the same bytes, whatever order they came in', () => {
	fc.assert(
		fc.property(fc.shuffledSubarray([...records], { minLength: records.length }), (shuffled) => {
			const again = { ...file, records: [...shuffled, ...shuffled.slice(0, 3)], blobs: blobs.toReversed() };
			expect(encodeCarriedFile(again)).toEqual(bytes);
		}),
		{ numRuns: 20 },
	);
});

test('[FILE-1] a file without drafts may leave them out', () => {
	const read = decodeCarriedFile(changed(({ drafts: _, ...rest }) => rest));
	expect(read.ok && read.value.drafts).toEqual([]);
});

test.each<[string, string, Uint8Array]>([
	['nothing', 'file-not-ours', new Uint8Array()],
	['another kind of file', 'file-not-ours', new TextEncoder().encode('PK\u0003\u0004 holiday.jpg')],
	['half a file', 'file-not-ours', bytes.slice(0, bytes.length / 2)],
	['a list', 'file-not-ours', encodeCbor([1, 2])],
	['another format', 'file-not-ours', changed((value) => ({ ...value, f: 'holiday/1' }))],
	['a newer format', 'file-newer', changed((value) => ({ ...value, f: 'council-corner/2' }))],
	['a grid that is no id', 'file-broken', changed((value) => ({ ...value, grid: 'x' }))],
	['a key it does not know', 'file-broken', changed((value) => ({ ...value, keys: [] }))],
	['records out of order', 'file-broken', changed((value) => ({ ...value, recs: listOf(value['recs']).toReversed() }))],
	['a blob twice', 'file-broken', changed((value) => ({ ...value, blobs: [blobs[0] ?? null, blobs[0] ?? null] }))],
	['a record too large', 'file-broken', changed((value) => ({ ...value, recs: [new Uint8Array(16_385)] }))],
	['a draft of another grid', 'file-broken', changed((value) => ({ ...value, drafts: [draftOf('b'.repeat(64))] }))],
	[
		'a ledger as a draft',
		'file-broken',
		changed((value) => ({ ...value, drafts: [{ room: world.grid, updates: [] }] })),
	],
])('[FILE-2] %s is refused: %s', (_, code, refused) => {
	expect(decodeCarriedFile(refused)).toEqual({ ok: false, error: code });
});

test('[FILE-2] more items than a file may have are refused before they are read', () => {
	// 9a: an array that claims 2^32-1 items.
	expect(decodeCarriedFile(Uint8Array.of(0x9a, 255, 255, 255, 255))).toEqual({ ok: false, error: 'file-not-ours' });
	const many = encodeCbor(Array.from({ length: CARRIED_FILE_LIMITS.items }, () => 0));
	expect(decodeCarriedFile(many)).toEqual({ ok: false, error: 'file-too-large' });
});

test('[FILE-2] a record that this version does not know is left out, and the others are read', () => {
	const read = decodeCarriedFile(
		changed((value) => ({ ...value, recs: [Uint8Array.of(0), ...listOf(value['recs'])] })),
	);
	expect(read.ok && read.value.records).toHaveLength(records.length);
});

test('[REC-3] what newer rules say is carried like everything else', () => {
	const newer = must(parsedNewer());
	const read = decodeCarriedFile(encodeCarriedFile({ ...file, records: [...records, newer] }));
	expect(read.ok && read.value.records.find(({ id }) => id === newer.id)).toEqual(newer);
});

function draftOf(grid: string): CborValue {
	return { room: draftRoom(grid as GridId, 'topic', topic), updates: [] };
}

function parsedNewer(): HeldRecord | undefined {
	const parsed = parseWire(ofNewerRules(new SeededKey('newer'), must(world.wires[0])));
	return parsed.ok ? parsed.value : undefined;
}
