import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encodeCarriedFile } from '#core/bundle/carried-file.ts';
import { closeOutcome } from '#core/bundle/closure.ts';
import { editionOf, outcomeFile } from '#core/bundle/outcome.ts';
import type { BlobHash, GridId, RecordId } from '#core/kernel/ids.ts';
import type { RelayStore } from '../storage/port.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Grid } from './grids.ts';

export interface OutcomeFilesDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly gridOf: (id: GridId) => Grid | undefined;
}

interface Kept {
	readonly publish: RecordId;
	/** How many records the grid had, and when it was made. */
	readonly size: number;
	readonly at: number;
	readonly file: Promise<Uint8Array | undefined>;
}

/** How many files are kept ready; a public page is asked for far more often than a corner changes. */
const KEPT = 16;
/** A large corner's file takes a part of a second to make: not at every record that comes in. In milliseconds. */
export const REST = 10_000;

/** BUNDLE-8: what stands at a public address, as a file that anybody can count again, from the relay's own copy. */
export class OutcomeFiles {
	readonly #deps: OutcomeFilesDeps;
	readonly #kept = new Map<string, Kept>();

	constructor(deps: OutcomeFilesDeps) {
		this.#deps = deps;
	}

	/** Gzip of the file; undefined where nothing is public, and where it was withdrawn. */
	async read(slug: string): Promise<Uint8Array | undefined> {
		const published = await this.#deps.store.readPublication(slug);
		const grid = published && this.#deps.gridOf(published.grid);
		if (!grid) return undefined;
		const { publish } = published;
		const { size } = grid.ledger;
		const at = this.#deps.now();
		const kept = this.#kept.get(slug);
		if (kept?.publish === publish && (kept.size === size || at - kept.at < REST)) return kept.file;
		const file = this.#pack(grid, publish);
		this.#keep(slug, { publish, size, at, file });
		return file;
	}

	/** The oldest goes first. One that could not be made is made again. */
	#keep(slug: string, kept: Kept): void {
		this.#kept.delete(slug);
		this.#kept.set(slug, kept);
		const [oldest] = this.#kept.keys();
		if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
		kept.file.catch(() => this.#kept.delete(slug));
	}

	async #pack(grid: Grid, outcome: RecordId): Promise<Uint8Array | undefined> {
		const edition = editionOf(grid.ledger, outcome);
		if (!edition) return undefined;
		const closure = closeOutcome(grid.ledger, grid.blob, edition);
		const blobs = await this.#blobsOf(grid, closure.blobs);
		const file = outcomeFile(grid.id, grid.ledger, (hash) => blobs.get(hash), outcome, closure);
		const packed = await promisify(gzip)(encodeCarriedFile(file));
		// ARCHITECTURE 5: nothing leaves the relay that a crash could still undo.
		await this.#deps.queue.settled();
		return new Uint8Array(packed);
	}

	async #blobsOf(grid: Grid, hashes: ReadonlySet<BlobHash>): Promise<ReadonlyMap<BlobHash, Uint8Array | undefined>> {
		const read = async (hash: BlobHash) => grid.blob(hash) ?? (await this.#deps.store.readBlob(grid.id, hash));
		return new Map(await Promise.all([...hashes].map(async (hash) => [hash, await read(hash)] as const)));
	}
}
