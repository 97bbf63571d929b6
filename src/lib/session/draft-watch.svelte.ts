import type { GridId } from '#core/kernel/ids.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import type { Workspace } from './workspace.svelte.ts';

/** Which drafts of a grid hold edits that the relay has not committed. Knows nothing of Yjs, so any route may ask. */
export class DraftWatch {
	/** Rooms with unsent edits. */
	unsent: readonly string[] = $state.raw([]);
	/** Edits that IndexedDB has not confirmed yet. */
	writing = $state(0);
	#open: readonly string[] = [];
	readonly #stop: () => void;

	constructor(grid: GridId) {
		this.#stop = DraftStore.watchUnsent(grid, (rooms) => (this.unsent = rooms));
	}

	/** A draft on screen sends its own edits. */
	opened(room: string): () => void {
		this.#open = [...this.#open, room];
		return () => (this.#open = this.#open.filter((other) => other !== room));
	}

	/** Opens, behind the scenes, each draft that was edited without a network, until its edits are committed. */
	async sendUnsent(workspace: Workspace): Promise<void> {
		const rooms = await DraftStore.unsentRooms(workspace.corner.grid);
		const hidden = rooms.filter((room) => !this.#open.includes(room));
		if (hidden.length === 0) return;
		const { sendDraft } = await import('./draft.svelte.ts');
		await Promise.all(hidden.map((room) => sendDraft(workspace, room)));
	}

	close(): void {
		this.#stop();
	}
}
