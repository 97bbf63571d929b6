import type { GridId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { CornerDatabase, type CornerRow, type FounderKeyRow, type StopReason } from '#lib/adapters/dexie/database.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { LedgerStore, type NewRecord } from '#lib/adapters/dexie/ledger-store.ts';
import { platformSignsRight } from '#lib/adapters/signer.ts';
import { keepRoom } from './device/keeping-room.ts';
import { recall, remember } from './device/local-memory.ts';
import { Workspace } from './workspace.svelte.ts';
import { isStorageFailure } from './writing.ts';

export type OpeningRefusal = 'browser-too-old' | 'cannot-store' | 'data-newer';
export type { StopReason };

const SHOWN_KEY = 'council-corner-shown';

/** Composition root of the browser: which corners this device knows, and the one on screen. */
export class Corners {
	/** The corner on screen; undefined until opened, null when this device belongs to none. */
	workspace: Workspace | null | undefined = $state.raw(undefined);
	/** DEV-8: every corner of this device. */
	known: readonly CornerRow[] = $state.raw([]);
	/** DEV-3: set when what is stored here went away under the app, which then does nothing more. */
	stopped: StopReason | undefined = $state();
	readonly #database = new CornerDatabase();
	readonly #relayUrl: string;
	#watching = false;

	constructor(relayUrl: string) {
		this.#relayUrl = relayUrl;
		void Promise.race([this.#database.stopped, DraftStore.stopped]).then((reason) => this.#stop(reason));
	}

	/** Opens the corner that was on screen last. */
	async open(): Promise<Result<void, OpeningRefusal>> {
		if (this.workspace) return ok(undefined);
		if (await this.#isFromNewerApp()) return err('data-newer');
		if (!(await platformSignsRight())) return err('browser-too-old');
		return storing(() => this.#showLast());
	}

	/** Another founding code for the corner on screen, which no relay has taken yet. Used from the next opening on. */
	async replaceFoundingCode(code: string): Promise<void> {
		if (this.workspace) await this.#database.corners.update(this.workspace.corner.grid, { founding: code });
	}

	/** Opens a corner that this device already belongs to; false when it does not. */
	async openKnown(grid: GridId): Promise<boolean> {
		const known = await this.#database.corners.get(grid);
		if (known) await this.#show(known);
		return known !== undefined;
	}

	/** A corner just founded or joined: its row, first records and their blobs are stored before anything is shown. */
	async keep(
		corner: CornerRow,
		records: readonly NewRecord[],
		blobs: readonly Uint8Array[],
	): Promise<Result<void, 'cannot-store'>> {
		const store = new LedgerStore(this.#database, corner.grid);
		return storing(async () => {
			await this.#database.keep(corner, () => store.addOwn(records, blobs));
			await this.#show(corner);
		});
	}

	/** FOUND-1: the key this device made to found with somebody who asked by this nonce. */
	founderKey(nonce: string): Promise<FounderKeyRow | undefined> {
		return this.#database.founderKeys.get(nonce);
	}

	async keepFounderKey(row: FounderKeyRow): Promise<Result<void, 'cannot-store'>> {
		return storing(async () => void (await this.#database.founderKeys.add(row)));
	}

	/** DEV-9: takes a corner off this device for good, with its key. What was not sent is lost. */
	async forget(grid: GridId): Promise<void> {
		if (this.workspace?.corner.grid === grid) this.workspace.close();
		const { forgetCorner } = await import('#lib/adapters/dexie/forgetting.ts');
		await forgetCorner(this.#database, grid);
		await DraftStore.forget(grid);
		if (this.workspace?.corner.grid === grid) await this.#showLast();
	}

	/** The one that was on screen last, else the one that was founded or joined last. */
	async #showLast(): Promise<void> {
		const corners = await this.#database.corners.toArray();
		const last = recall(SHOWN_KEY);
		const corner = corners.find(({ grid }) => grid === last) ?? corners.sort((a, b) => b.since - a.since)[0];
		if (corner) await this.#show(corner);
		else this.workspace = null;
		this.#watch();
	}

	async #show(corner: CornerRow): Promise<void> {
		if (this.workspace) await this.#leave(this.workspace);
		this.workspace = await Workspace.open(corner, new LedgerStore(this.#database, corner.grid), this.#relayUrl);
		keepRoom(this.workspace);
		remember(SHOWN_KEY, corner.grid);
	}

	/** The name of a corner that was joined is learned from its roster; the list of corners needs it afterwards. */
	async #leave(workspace: Workspace): Promise<void> {
		workspace.close();
		await this.#database.corners.update(workspace.corner.grid, { name: workspace.gridName });
	}

	#watch(): void {
		if (this.#watching) return;
		this.#watching = true;
		this.#database.watchCorners((corners) => {
			this.known = corners;
			const shown = this.workspace?.corner.grid;
			// Another tab has taken it off this device.
			if (shown !== undefined && corners.every(({ grid }) => grid !== shown)) void this.#showLast();
		});
	}

	async #isFromNewerApp(): Promise<boolean> {
		return (await this.#database.isFromNewerApp()) || (await DraftStore.isFromNewerApp());
	}

	#stop(reason: StopReason): void {
		this.stopped = reason;
		this.workspace?.close();
	}
}

/** The disk may be full, or not to be opened at all: an expected way of failing. */
async function storing(work: () => Promise<void>): Promise<Result<void, 'cannot-store'>> {
	try {
		return ok(await work());
	} catch (failure) {
		if (isStorageFailure(failure)) return err('cannot-store');
		throw failure;
	}
}
