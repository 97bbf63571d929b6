import type { GridId } from '#core/kernel/ids.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import type { Proof } from '#core/wire/login-messages.ts';
import type { RelayStore } from '../storage/port.ts';
import type { Verifier } from '../ed25519.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { DiskUse } from './disk-use.ts';
import { DraftRequests } from './draft-requests.ts';
import { DraftWhileFull } from './draft-while-full.ts';
import { Drafts } from './drafts.ts';
import { openFounding, type Founding, type FoundingPolicy } from './founding.ts';
import { loadGrids, type Grid, type Grids } from './grids.ts';
import type { RelayIdentity } from './identity.ts';
import { LedgerRoom } from './ledger-room.ts';
import { provenGrid } from './login.ts';
import type { LoginOutcome } from './room.ts';
import type { Session } from './session.ts';
import type { Carried } from '../uplink/link.ts';

export interface RoomsDeps {
	readonly store: RelayStore;
	readonly queue: CommitQueue;
	readonly use: DiskUse;
	readonly verifier: Verifier;
	readonly identity: RelayIdentity;
	/** RELAY-57: no ballot is confirmed before, as `elapsed` counts. */
	readonly confirmsFrom: number;
	/** Milliseconds since 1970. */
	readonly now: () => number;
	readonly elapsed: () => number;
	readonly founding: FoundingPolicy;
	/** Somebody of this grid may be nobody there any more. */
	readonly rightsEnded: (grid: GridId) => void;
}

/** Everything that can be entered, as the disk holds it. After a failed commit it is thrown away and loaded again. */
export class Rooms {
	readonly #deps: RoomsDeps;
	readonly #grids: Grids;
	readonly #founding: Founding;
	readonly #drafts: Drafts;
	readonly #requests: DraftRequests;
	readonly #trunks = new Map<GridId, LedgerRoom>();
	/** Every connection is sent one; only the roster changes it. */
	readonly #introductions = new Map<GridId, { readonly rosterSize: number; readonly wires: readonly Uint8Array[] }>();

	private constructor(deps: RoomsDeps, grids: Grids, founding: Founding) {
		this.#deps = deps;
		this.#grids = grids;
		this.#founding = founding;
		this.#drafts = new Drafts({
			...deps,
			committed: (room, update, from) => this.#trunks.get(gridOfRoom(room))?.passOn(room, update, from),
		});
		this.#requests = new DraftRequests(this.#drafts, deps.store);
	}

	static async load(deps: RoomsDeps): Promise<Rooms> {
		await deps.use.load(deps.store);
		const founding = await openFounding(deps.store, deps.founding, deps.queue);
		return new Rooms(deps, await loadGrids(deps.store), founding);
	}

	/** A code for a grid that is not held; undefined once one is, unless the relay takes whichever has taken it on. */
	async foundingCode(): Promise<string | undefined> {
		const takesMore = this.#grids.isEmpty || this.#founding.policy === 'enrolled';
		return takesMore ? this.#founding.code() : undefined;
	}

	/** RELAY-43: the wires by which a member of this grid knows the relay; none while the grid has not taken it on. */
	introduction({ name }: Session): readonly Uint8Array[] {
		const grid = this.#grids.get(name.grid);
		if (!grid) return [];
		const held = this.#introductions.get(grid.id);
		if (held?.rosterSize === grid.rosterSize) return held.wires;
		const wires = introductionOf(grid.ledger, this.#deps.identity.key);
		this.#introductions.set(grid.id, { rosterSize: grid.rosterSize, wires });
		return wires;
	}

	logIn(session: Session, proof: Proof): LoginOutcome | Promise<LoginOutcome> {
		const { identity, verifier } = this.#deps;
		const introduce = (grid: Grid, from: Session, wire: Uint8Array) => this.#trunk(grid).introduce(from, wire);
		const deps = { relayKey: identity.key, verifier, introduce, founding: this.#founding, grids: this.#grids };
		const grid = provenGrid(deps, session, proof);
		if (typeof grid === 'string') return grid;
		if (session.name.kind === 'ledger') return { grid, room: this.#trunk(grid) };
		return this.#draft(grid, session);
	}

	/** What is asked about drafts beside y-websocket's messages; RELAY-42 holds for those that are not on screen too. */
	hearDraft(session: Session, grid: Grid, message: DraftMessage): CloseReason | undefined {
		if (message.t === 'step2' && this.#deps.use.isFull(grid.id)) return session.role === 'relay' ? undefined : 'full';
		return this.#requests.hear(session, grid, message);
	}

	confirmBallots(): void {
		for (const trunk of this.#trunks.values()) trunk.confirmBallots();
	}

	gridOf(id: GridId): Grid | undefined {
		return this.#grids.get(id);
	}

	/** LINK-1: the grids that have taken this relay on. */
	carried(): readonly GridId[] {
		return this.#grids.all.filter((grid) => grid.hasCarrier(this.#deps.identity.key)).map(({ id }) => id);
	}

	/** What a link to another relay of this grid speaks of; undefined where the grid has not taken this one on. */
	carriedBy(id: GridId): Carried | undefined {
		const grid = this.#grids.get(id);
		if (!grid?.hasCarrier(this.#deps.identity.key)) return undefined;
		const hearDraft = (session: Session, message: DraftMessage) => this.hearDraft(session, grid, message);
		return { grid, trunk: this.#trunk(grid), drafts: this.#drafts, hearDraft };
	}

	/** Nothing more will be heard. */
	stop(): void {
		this.#requests.stop();
	}

	/** Whether a grid was announced and has not been founded. */
	isUnfounded(grid: GridId): boolean {
		return this.#grids.get(grid)?.isFounded === false;
	}

	/** Forgets an unfounded grid that nobody is in any more. */
	forget(grid: GridId): void {
		this.#grids.dropUnfounded(grid);
		this.#trunks.delete(grid);
	}

	async #draft(grid: Grid, { name }: Session): Promise<LoginOutcome> {
		const room = await this.#drafts.open(grid, name);
		return typeof room === 'string' ? room : { grid, room: new DraftWhileFull(room, this.#deps.use) };
	}

	#trunk(grid: Grid): LedgerRoom {
		const held = this.#trunks.get(grid.id);
		if (held) return held;
		const trunk = new LedgerRoom(grid, { ...this.#deps, founding: this.#founding });
		this.#trunks.set(grid.id, trunk);
		return trunk;
	}
}

/** The name of a draft's room begins with its grid. */
const gridOfRoom = (room: string): GridId => room.split('.')[0] as GridId;
