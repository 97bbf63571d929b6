import { type BlobHash, type DeviceKey, type GridId } from '#core/kernel/ids.ts';
import { Ledger } from '#core/ledger/ledger.ts';
import { parseWire, type HeldRecord } from '#core/ledger/record.ts';
import { rosterRecords } from '#core/roster/records.ts';
import { foldRoster } from '#core/roster/reducer.ts';
import type { CallerRole } from '#core/roster/permissions.ts';
import { roleOfKey } from '#core/roster/selectors.ts';
import type { Roster } from '#core/roster/state.ts';
import type { RecordId } from '#core/kernel/ids.ts';
import { revocationsIn, Standing } from '#core/validity/standing.ts';
import type { RelayStore } from '../storage/port.ts';

/** Blobs up to here are kept in memory, where the fold needs them at once; larger ones are pictures. In bytes. */
const BLOB_IN_MEMORY = 1024 * 1024;

/** One grid as the relay holds it: the ledger, the blobs, and who is who by now. */
export class Grid {
	readonly id: GridId;
	readonly ledger = new Ledger();
	/** `publish` records that have become publications. */
	readonly published = new Set<RecordId>();
	readonly #heldBlobs = new Map<BlobHash, Uint8Array | 'on disk'>();
	#rosterSize = 0;
	#roster: { readonly size: number; readonly folded: Roster } | undefined;

	constructor(id: GridId) {
		this.id = id;
	}

	/** Whether its genesis is held. */
	get isFounded(): boolean {
		return this.ledger.has(this.id);
	}

	/** Counts the records that can change what a key is. */
	get rosterSize(): number {
		return this.#rosterSize;
	}

	add(record: HeldRecord): void {
		this.ledger.add(record);
		const approves = record.type === 'cosign' && record.scope === null;
		if (approves || Object.hasOwn(rosterRecords, record.type)) this.#rosterSize++;
	}

	addBlob(hash: BlobHash, bytes: Uint8Array): void {
		this.#heldBlobs.set(hash, bytes.length > BLOB_IN_MEMORY ? 'on disk' : bytes);
		if (this.#isCutList(hash)) this.#rosterSize++;
	}

	noteBlobOnDisk(hash: BlobHash): void {
		this.#heldBlobs.set(hash, 'on disk');
	}

	hasBlob(hash: BlobHash): boolean {
		return this.#heldBlobs.has(hash);
	}

	/** The blob if it is in memory; the fold takes a picture for a blob that is not here yet. */
	readonly blob = (hash: BlobHash): Uint8Array | undefined => {
		const held = this.#heldBlobs.get(hash);
		return held === 'on disk' ? undefined : held;
	};

	#isCutList(hash: BlobHash): boolean {
		return revocationsIn(this.ledger).some(({ body }) => body.cutList === hash);
	}

	get roster(): Roster {
		// Not by the ledger's size: ballots arrive by the thousand and change no role.
		if (this.#roster?.size !== this.#rosterSize) {
			this.#roster = { size: this.#rosterSize, folded: foldRoster(new Standing(this.ledger, this.blob)) };
		}
		return this.#roster.folded;
	}

	/** LINK-1: a relay is one only by a standing `relay.add`. */
	roleOf(key: DeviceKey): CallerRole | undefined {
		return roleOfKey(this.roster, key) ?? (this.hasCarrier(key) ? 'relay' : undefined);
	}

	/** Whether the grid has taken on the relay with this key, and not let it go. */
	hasCarrier(key: DeviceKey): boolean {
		return this.roster.relays.some((relay) => relay.key === key);
	}
}

/** Every grid of the store, in memory. */
export class Grids {
	readonly #grids = new Map<GridId, Grid>();

	get(id: GridId): Grid | undefined {
		return this.#grids.get(id);
	}

	get all(): readonly Grid[] {
		return [...this.#grids.values()];
	}

	/** A grid to be founded, or the one held. It counts as held once its genesis is. */
	getOrCreate(id: GridId): Grid {
		const held = this.#grids.get(id);
		if (held) return held;
		const created = new Grid(id);
		this.#grids.set(id, created);
		return created;
	}

	/** Forgets a grid that was announced and never founded. */
	dropUnfounded(id: GridId): void {
		if (this.#grids.get(id)?.isFounded === false) this.#grids.delete(id);
	}

	get isEmpty(): boolean {
		return ![...this.#grids.values()].some((grid) => grid.isFounded);
	}
}

export async function loadGrids(store: RelayStore): Promise<Grids> {
	const grids = new Grids();
	for (const id of await store.readGrids()) await loadGrid(store, grids.getOrCreate(id));
	return grids;
}

async function loadGrid(store: RelayStore, grid: Grid): Promise<void> {
	for (const { wire } of await store.readRecords(grid.id)) {
		const parsed = parseWire(wire);
		// Records are stored only after admission; a type this version does not know is kept and not judged.
		if (parsed.ok) grid.add(parsed.value);
	}
	for (const { hash, size } of await store.listBlobs(grid.id)) {
		const bytes = size > BLOB_IN_MEMORY ? undefined : await store.readBlob(grid.id, hash);
		if (bytes) grid.addBlob(hash, bytes);
		else grid.noteBlobOnDisk(hash);
	}
	for (const publish of await store.publishedRecords(grid.id)) grid.published.add(publish);
}
