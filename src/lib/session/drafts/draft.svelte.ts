import type { RecordId } from '#core/kernel/ids.ts';
import { draftRoom, type DraftKind } from '#core/wire/rooms.ts';
import { now } from '#lib/adapters/clock.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { sign } from '#lib/adapters/signer.ts';
import { DraftConnection } from '#lib/adapters/yjs/draft-connection.ts';
import { DraftDocument, mergeUpdates, type Awareness } from '#lib/adapters/yjs/draft-document.ts';
import type { PastEdit } from '#lib/adapters/yjs/draft-history.ts';
import { askToPersistOnce } from '../device/persistence.ts';
import type { RelayHere, RelayPlace } from '../sync/relay-place.ts';
import type { Workspace } from '../workspace.svelte.ts';

export { TEXT_FIELD } from '#lib/adapters/yjs/draft-document.ts';

const COMPACT_ABOVE = 500;

/**
 * One draft on this device: a document kept in IndexedDB, written together with the others over the relay. Loads Yjs,
 * so only routes with an editor import it, and they import it lazily.
 */
export class Draft {
	readonly room: string;
	readonly document = new DraftDocument();
	/** Edits of this device that no relay has committed. */
	unsent = $state(0);
	readonly #workspace: Workspace;
	readonly #store: DraftStore;
	/** One to each relay that is reached: what is written goes to all of them, and from one to the other. */
	readonly #connections: Partial<Record<RelayPlace, Promise<DraftConnection | undefined> | undefined>> = {};
	readonly #stops: (() => void)[] = [];
	#lastRow = 0;
	#edits = 0;
	/** The row in which each local edit is stored; the first stands for all that was stored before this opening. */
	readonly #rows: Promise<number>[] = [];

	private constructor(workspace: Workspace, room: string) {
		this.room = room;
		this.#workspace = workspace;
		this.#store = new DraftStore(room);
		// Before any connection listens: an edit is counted before it leaves.
		this.document.onUpdate(this.#keep);
	}

	get awareness(): Awareness {
		return this.document.awareness;
	}

	/** Resolved once the draft as stored on this device is loaded: an edit before that would never be stored. */
	static open(workspace: Workspace, kind: DraftKind, owner: RecordId): Promise<Draft> {
		return Draft.openRoom(workspace, draftRoom(workspace.corner.grid, kind, owner));
	}

	static async openRoom(workspace: Workspace, room: string): Promise<Draft> {
		const draft = new Draft(workspace, room);
		await draft.#load();
		draft.#start();
		return draft;
	}

	/** Everything written here since the beginning: as the relay remembers it, or else as far as this device does. */
	async history(): Promise<{ readonly edits: readonly PastEdit[]; readonly isWhole: boolean }> {
		const { best, homeStatus } = this.#workspace.relays;
		const at = best === 'open' && homeStatus !== 'open' ? 'courtyard' : 'home';
		const told = best === 'lost' ? undefined : await (await this.#connections[at])?.history();
		if (told) return { edits: told, isWhole: true };
		const rows = await this.#store.after(0);
		return { edits: rows.map(({ at, update }) => ({ at, update, author: null })), isWhole: false };
	}

	/** Edits that are still unsent go on being sent behind the scenes. */
	close(): void {
		for (const stop of this.#stops) stop();
		this.document.destroy();
		if (this.unsent > 0) void this.#workspace.sendUnsentDrafts();
	}

	async #load(): Promise<void> {
		const updates = await this.#takeOver();
		this.unsent = (await this.#store.lastUnsent()) > 0 ? 1 : 0;
		this.#rows[0] = Promise.resolve(this.#lastRow);
		if (updates > COMPACT_ABOVE) await this.#store.compact(this.#lastRow, mergeUpdates);
	}

	#start(): void {
		this.#stops.push(
			this.#store.watch(() => void this.#takeOver()),
			this.#workspace.drafts.opened(this.room),
			$effect.root(() => {
				// GONE-2, GONE-3: not to a relay that was let go.
				this.#connectWhile('home', () => this.#workspace.relays.homeStatus !== 'relay-ended');
				this.#connectWhile('courtyard', () => this.#workspace.relays.courtyardStatus === 'open');
			}),
		);
	}

	#connectWhile(at: RelayPlace, isReached: () => boolean): void {
		const relay = $derived(isReached() ? this.#workspace.relays[at] : undefined);
		$effect(() => {
			if (!relay) return;
			const connecting = this.#connectTo(relay);
			this.#connections[at] = connecting;
			void connecting.then((connection) => connection?.connect());
			return () => {
				this.#connections[at] = undefined;
				void connecting.then((connection) => connection?.close());
			};
		});
	}

	/** undefined when there is no way: it is tried again once the relay is reached again. */
	async #connectTo({ dial, standing }: RelayHere): Promise<DraftConnection | undefined> {
		const { corner } = this.#workspace;
		const line = await dial();
		if (!line.ok) return undefined;
		return new DraftConnection(line.value, this.room, this.document, {
			grid: corner.grid,
			key: corner.key,
			sign: (message) => sign(corner.privateKey, message),
			accepts: (relay) => !standing.isLetGo(relay),
			edits: () => this.#edits,
			committed: (edits) => void this.#committed(edits),
		});
	}

	/** Applies what is stored and not applied yet: at the start everything, later what other tabs wrote. */
	async #takeOver(): Promise<number> {
		const rows = await this.#store.after(this.#lastRow);
		for (const { n, update } of rows) {
			this.#lastRow = Math.max(this.#lastRow, n);
			this.document.applyStored(update);
		}
		return rows.length;
	}

	readonly #keep = (update: Uint8Array, origin: unknown): void => {
		const fromRelay = DraftConnection.isOrigin(origin);
		const row = this.#write(update, fromRelay);
		if (fromRelay) return;
		this.#edits++;
		this.unsent++;
		this.#rows[this.#edits] = row;
	};

	async #write(update: Uint8Array, fromRelay: boolean): Promise<number> {
		const stored = this.#workspace.drafts.storing(this.room, update);
		const n = await this.#workspace.storage.keep(() => this.#store.add(update, fromRelay, now()));
		stored();
		this.#lastRow = Math.max(this.#lastRow, n);
		if (!fromRelay) askToPersistOnce();
		return n;
	}

	async #committed(edits: number): Promise<void> {
		await this.#store.markSent((await this.#rows[edits]) ?? 0);
		if (this.#edits === edits) this.unsent = 0;
	}
}

/** Opens a draft that is not on screen until its unsent edits are committed, or the connection is lost. */
export async function sendDraft(workspace: Workspace, room: string): Promise<void> {
	const draft = await Draft.openRoom(workspace, room);
	const stop = $effect.root(() => {
		$effect(() => {
			if (draft.unsent === 0 || workspace.relays.best !== 'open') queueMicrotask(finish);
		});
	});
	function finish() {
		stop();
		draft.close();
	}
}
