import type { GridId } from '#core/kernel/ids.ts';
import type { RelayStore } from '../storage/port.ts';

/** RELAY-42: how many bytes each grid keeps here, against its share. What is only replaced by more of it is not counted. */
export class DiskUse {
	readonly #share: number;
	#bytes = new Map<GridId, number>();

	/** `share`: bytes of records, blobs and draft updates that one grid may keep. */
	constructor(share: number) {
		this.#share = share;
	}

	/** Counts again what the store holds. */
	async load(store: RelayStore): Promise<void> {
		const grids = await store.readGrids();
		const sizes = await Promise.all(grids.map(async (grid) => [grid, await store.bytesOf(grid)] as const));
		this.#bytes = new Map(sizes);
	}

	add(grid: GridId, bytes: number): void {
		this.#bytes.set(grid, (this.#bytes.get(grid) ?? 0) + bytes);
	}

	/** Whether nothing more is taken: it frees nothing by itself, so only the operator's word changes it. */
	isFull(grid: GridId): boolean {
		return (this.#bytes.get(grid) ?? 0) >= this.#share;
	}
}
