import type { RecordType } from '#core/ledger/registry.ts';
import { draftRoom, type DraftKind, type Room as RoomName } from '#core/wire/rooms.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import type { RelayStore } from '../storage/port.ts';
import type { CommitQueue } from './commit-queue.ts';
import { DraftLog } from './draft-log.ts';
import { DraftRoom } from './draft-room.ts';
import type { Grid } from './grids.ts';
import type { Session } from './session.ts';

/** What may own a draft of each kind. */
const OWNERS: Readonly<Record<DraftKind, readonly RecordType[]>> = {
	topic: ['topic.open'],
	minutes: ['topic.open', 'meeting.convene'],
};

export interface DraftsDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
	readonly now: () => number;
	readonly elapsed: () => number;
	/** Edits of one draft are committed; `from`: who brought them. */
	readonly committed: (room: string, update: Uint8Array, from: ReadonlySet<Session>) => void;
}

/** Opens drafts while somebody is in them, each from its stored updates. */
export class Drafts {
	readonly #deps: DraftsDeps;
	readonly #rooms = new Map<string, Promise<DraftRoom>>();
	/** Of drafts that are not open: everybody asks for them, and working one out means reading the whole draft. */
	readonly #digests = new Map<string, string>();

	constructor(deps: DraftsDeps) {
		this.#deps = deps;
	}

	/** LEDGER 5: a draft exists only under a held record. */
	async open(grid: Grid, name: RoomName): Promise<DraftRoom | CloseReason> {
		if (name.kind === 'ledger') return 'noSuchRoom';
		const owner = grid.ledger.get(name.owner);
		if (!owner) return 'notKnownYet';
		if (!OWNERS[name.kind].includes(owner.type)) return 'noSuchRoom';
		const held = this.#rooms.get(name.name) ?? this.#load(name.name, name.kind);
		this.#rooms.set(name.name, held);
		return held;
	}

	/** The rooms of all drafts that there may be. */
	rooms({ id, ledger }: Grid): readonly string[] {
		const kinds = Object.keys(OWNERS) as DraftKind[];
		return kinds.flatMap((kind) =>
			OWNERS[kind].flatMap((type) => ledger.ofType(type).map((owner) => draftRoom(id, kind, owner.id))),
		);
	}

	/** The same for two drafts that say the same. */
	async digest(grid: Grid, name: RoomName): Promise<string | undefined> {
		const kept = this.#digests.get(name.name);
		if (kept !== undefined) return kept;
		const room = await this.open(grid, name);
		if (typeof room === 'string') return undefined;
		room.closeIfEmpty();
		return room.digest;
	}

	async #load(name: string, kind: DraftKind): Promise<DraftRoom> {
		this.#digests.delete(name);
		try {
			const log = new DraftLog(await this.#deps.store.readUpdates(name));
			return new DraftRoom(name, kind, log, { ...this.#deps, emptied: (room) => this.#close(room) });
		} catch (error) {
			this.#rooms.delete(name);
			throw error;
		}
	}

	#close(room: DraftRoom): void {
		if (!room.isEmpty) return;
		this.#rooms.delete(room.name);
		this.#digests.set(room.name, room.digest);
	}
}
