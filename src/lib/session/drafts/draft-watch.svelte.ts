import type { GridId } from '#core/kernel/ids.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import type { RelayPlace } from '../sync/relay-place.ts';
import type { TrunkSync } from '../sync/trunk-sync.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** After a login the ledger comes first, and whoever opened the app to vote; then, while connected, now and again. */
const QUIET_MS = 10_000;
const AGAIN_MS = 5 * 60 * 1000;

type RelaySyncs = Readonly<Partial<Record<RelayPlace, TrunkSync>>>;

/** Which drafts of a grid hold edits that the relay has not committed. Knows nothing of Yjs, so any route may ask. */
export class DraftWatch {
	/** Rooms with unsent edits. */
	unsent: readonly string[] = $state.raw([]);
	/** Edits that IndexedDB has not confirmed yet. */
	writing = $state(0);
	#open: readonly string[] = [];
	#unstored: readonly { readonly room: string; readonly update: Uint8Array }[] = [];
	readonly #stop: () => void;
	#next: ReturnType<typeof setTimeout> | undefined;

	constructor(grid: GridId) {
		this.#stop = DraftStore.watchUnsent(grid, (rooms) => (this.unsent = rooms));
	}

	/** A draft on screen sends its own edits. */
	opened(room: string): () => void {
		this.#open = [...this.#open, room];
		return () => (this.#open = this.#open.filter((other) => other !== room));
	}

	/** Notes an edit that is on its way to the disk; to be called back once it is there. */
	storing(room: string, update: Uint8Array): () => void {
		const edit = { room, update };
		this.#unstored = [...this.#unstored, edit];
		this.writing++;
		return () => {
			this.#unstored = this.#unstored.filter((other) => other !== edit);
			this.writing--;
		};
	}

	/** Edits of a draft that the disk has not taken: they are only in memory. */
	unstored(room: string): readonly Uint8Array[] {
		return this.#unstored.flatMap((edit) => (edit.room === room ? [edit.update] : []));
	}

	/** Rooms with such edits. */
	unstoredRooms(): readonly string[] {
		const rooms = this.#unstored.map(({ room }) => room);
		return rooms.filter((room, index) => rooms.indexOf(room) === index);
	}

	/** Opens, behind the scenes, each draft that was edited without a network, until its edits are committed. */
	async sendUnsent(workspace: Workspace): Promise<void> {
		const rooms = await DraftStore.unsentRooms(workspace.corner.grid);
		const hidden = rooms.filter((room) => !this.#open.includes(room));
		if (hidden.length === 0) return;
		const { sendDraft } = await import('./draft.svelte.ts');
		await Promise.all(hidden.map((room) => sendDraft(workspace, room)));
	}

	/** DRAFT-8: fetches, in quiet times, what others wrote in drafts of topics under way that are not on screen. */
	keepInStep(workspace: Workspace, relays: RelaySyncs, wait = QUIET_MS): void {
		clearTimeout(this.#next);
		this.#next = setTimeout(() => void this.#compare(workspace, relays), wait);
	}

	async #compare(workspace: Workspace, relays: RelaySyncs): Promise<void> {
		if (workspace.relays.best === 'open' && workspace.role !== 'newcomer' && !document.hidden) {
			const { DraftsInStep, roomsUnderWay } = await import('./drafts-in-step.ts');
			const rooms = roomsUnderWay(workspace).filter((room) => !this.#open.includes(room));
			for (const trunk of Object.values(relays)) {
				const inStep = new DraftsInStep((message) => trunk.sendAboutDraft(message));
				trunk.onDraft = (message) => inStep.hear(message);
				await inStep.compare(rooms);
			}
		}
		this.keepInStep(workspace, relays, AGAIN_MS);
	}

	close(): void {
		clearTimeout(this.#next);
		this.#stop();
	}
}
