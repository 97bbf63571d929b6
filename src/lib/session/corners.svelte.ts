import type { GridId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { CornerDatabase, type CornerRow } from '#lib/adapters/dexie/database.ts';
import { LedgerStore, type NewRecord } from '#lib/adapters/dexie/ledger-store.ts';
import { platformSignsRight } from '#lib/adapters/signer.ts';
import { Workspace } from './workspace.svelte.ts';

export type OpeningRefusal = 'browser-too-old' | 'cannot-store';

/** Composition root of the browser: which corners this device knows, and the one on screen. */
export class Corners {
	/** The corner on screen; undefined until opened, null when this device belongs to none. */
	workspace: Workspace | null | undefined = $state.raw(undefined);
	readonly #database = new CornerDatabase();
	readonly #relayUrl: string;

	constructor(relayUrl: string) {
		this.#relayUrl = relayUrl;
	}

	/** Opens the corner that was founded or joined last. */
	async open(): Promise<Result<void, OpeningRefusal>> {
		if (this.workspace) return ok(undefined);
		if (!(await platformSignsRight())) return err('browser-too-old');
		const corners = await this.#database.corners.toArray();
		const corner = corners.sort((a, b) => b.since - a.since)[0];
		if (!corner) this.workspace = null;
		else await this.#show(corner);
		return ok(undefined);
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
	async keep(corner: CornerRow, records: readonly NewRecord[], blobs: readonly Uint8Array[]): Promise<void> {
		await this.#database.corners.put(corner);
		await new LedgerStore(this.#database, corner.grid).addOwn(records, blobs);
		await this.#show(corner);
	}

	async #show(corner: CornerRow): Promise<void> {
		this.workspace?.close();
		this.workspace = await Workspace.open(corner, new LedgerStore(this.#database, corner.grid), this.#relayUrl);
	}
}
