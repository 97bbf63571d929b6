import type { CarriedDraft, CarriedFile } from '#core/bundle/carried-file.ts';
import { causesFirst } from '#core/bundle/readmission.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import type { HeldRecord } from '#core/ledger/record.ts';
import { accessTo } from '#core/roster/permissions.ts';
import { scanUpdate } from '#core/wire/draft-scan.ts';
import { parseRoom } from '#core/wire/rooms.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import type { CornerCopy } from '../corner-copy.ts';
import { heldEdits } from '../drafts/held-edits.ts';
import type { Workspace } from '../workspace.svelte.ts';
import { isStorageFailure } from '../writing.ts';

/** What was new on this device. */
export interface TakenIn {
	readonly records: number;
	readonly drafts: number;
}
export type TakeInRefusal = 'file-other-grid' | 'not-admitted-yet' | 'cannot-store';
/** What a workspace has to show for taking something in. */
type Home = Pick<Workspace, 'corner' | 'copy' | 'me' | 'role'>;
/** Called again and again with how many records are done. */
export type Progress = (done: number, total: number) => void;

const BATCH = 64;

/**
 * FILE-4: takes a file's contents over as if they had come from a relay, each record judged. What is new here is offered
 * to the relay, which says at once what it has: so nothing is lost that was unsent where the file was made. A second
 * time changes nothing.
 */
export async function takeIn(
	workspace: Home,
	file: CarriedFile,
	progress: Progress,
): Promise<Result<TakenIn, TakeInRefusal>> {
	if (file.grid !== workspace.corner.grid) return err('file-other-grid');
	if (workspace.me === undefined || workspace.role === undefined) return err('not-admitted-yet');
	// A relay takes nothing from whoever only reads.
	const offered = accessTo('ledger', workspace.role) === 'write';
	try {
		const records = await admitAll(workspace.copy, file.records, offered, progress);
		await takeBlobs(workspace.copy, file.blobs, offered);
		return ok({ records, drafts: await takeDrafts(workspace.copy, file.drafts) });
	} catch (failure) {
		if (isStorageFailure(failure)) return err('cannot-store');
		throw failure;
	}
}

/** To a fixpoint: a record may cite one that stands behind it in the file. */
async function admitAll(
	copy: CornerCopy,
	records: readonly HeldRecord[],
	offered: boolean,
	progress: Progress,
): Promise<number> {
	const fresh = records.filter(({ id }) => !copy.ledger.holds(id)).sort(causesFirst);
	for (let open = fresh, before = Infinity; open.length > 0 && open.length < before;) {
		before = open.length;
		for (let start = 0; start < open.length; start += BATCH) {
			progress(fresh.length - open.length + start, fresh.length);
			const wires = open.slice(start, start + BATCH).map(({ wire }) => wire);
			await copy.receive(wires, offered);
		}
		open = open.filter(({ id }) => !copy.ledger.holds(id));
	}
	return fresh.filter(({ id }) => copy.ledger.holds(id)).length;
}

async function takeBlobs(copy: CornerCopy, blobs: readonly Uint8Array[], offered: boolean): Promise<void> {
	const missing = new Set(copy.ledger.scopes().flatMap((scope) => copy.missingBlobs(scope)));
	if (missing.size === 0) return;
	for (const bytes of blobs) await copy.receiveBlob(bytes, offered);
}

/** Answers how many drafts had something new. */
async function takeDrafts(copy: CornerCopy, drafts: readonly CarriedDraft[]): Promise<number> {
	const taken = await Promise.all(drafts.filter(({ room }) => hasOwner(copy, room)).map(takeDraft));
	return taken.filter(Boolean).length;
}

/** By what the edits say: a relay's merged copy of what is held is nothing new. */
async function takeDraft({ room, updates }: CarriedDraft): Promise<boolean> {
	const held = await heldEdits(room);
	let isNew = false;
	for (const update of updates) {
		const scanned = scanUpdate(update);
		if (!scanned.ok || !held.lacks(scanned.value)) continue;
		held.take(update);
		await new DraftStore(room).add(update, false);
		isNew = true;
	}
	return isNew;
}

function hasOwner(copy: CornerCopy, name: string): boolean {
	const room = parseRoom(name);
	return room.ok && room.value.kind !== 'ledger' && copy.record(room.value.owner) !== undefined;
}
