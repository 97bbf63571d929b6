import { HISTORY_PAGE, type DraftMessage } from '#core/wire/draft-messages.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import { encodeDraftMessage } from '#core/wire/frames.ts';
import { parseRoom } from '#core/wire/rooms.ts';
import type { RelayStore } from '../storage/port.ts';
import type { DraftRoom } from './draft-room.ts';
import type { Drafts } from './drafts.ts';
import type { Grid } from './grids.ts';
import { LingeringDrafts } from './lingering-drafts.ts';
import type { Session } from './session.ts';

type Message<T extends DraftMessage['t']> = Extract<DraftMessage, { readonly t: T }>;

/** What somebody asks about drafts beside y-websocket's messages (66): its history, and those that are not on screen. */
export class DraftRequests {
	readonly #drafts: Drafts;
	readonly #store: RelayStore;
	readonly #lingering = new LingeringDrafts();
	/** The last of what a session gave that is being taken. */
	readonly #taking = new WeakMap<Session, Promise<void>>();

	constructor(drafts: Drafts, store: RelayStore) {
		this.#drafts = drafts;
		this.#store = store;
	}

	/** A member in a draft's room asks for its history, a member on the trunk for drafts; anything else is malformed. */
	hear(session: Session, grid: Grid, message: DraftMessage): CloseReason | undefined {
		const isTrunk = session.name.kind === 'ledger';
		if (message.t === 'history' && !isTrunk) session.sendBulk(this.#page(session, message));
		else if (message.t === 'have' && isTrunk) session.sendBulk(this.#differing(session, grid, message));
		else if (message.t === 'step1' && isTrunk) session.sendBulk(this.#lacking(session, grid, message));
		else if (message.t === 'step2' && isTrunk) this.#takeInOrder(session, grid, message);
		else return 'malformed';
		return undefined;
	}

	/** Nothing more will be asked. */
	stop(): void {
		this.#lingering.forget();
	}

	async *#page(session: Session, { after }: Message<'history'>): AsyncIterable<Uint8Array> {
		if (session.role === undefined) return;
		const page = await this.#store.readHistory(session.name.name, after, HISTORY_PAGE);
		const updates = page.map(({ position, at, author, update }) => [position, at, author, update] as const);
		yield encodeDraftMessage({ t: 'past', updates });
	}

	/** One draft after the other: opening one that is not in memory is work. */
	async *#differing(session: Session, grid: Grid, { drafts }: Message<'have'>): AsyncIterable<Uint8Array> {
		for (const [room, digest] of drafts) {
			if (!(await this.#differs(grid, room, digest))) continue;
			const draft = await this.#open(session, grid, room);
			if (draft) yield encodeDraftMessage({ t: 'step1', room, vector: draft.stateVector() });
			draft?.closeIfEmpty();
		}
		// LINK-4: so the other relay knows that it may go on to the next ones.
		if (session.role === 'relay') yield encodeDraftMessage({ t: 'have', drafts: [] });
	}

	async *#lacking(session: Session, grid: Grid, { room, vector }: Message<'step1'>): AsyncIterable<Uint8Array> {
		const draft = await this.#open(session, grid, room);
		if (draft) yield encodeDraftMessage({ t: 'step2', room, update: draft.difference(vector) });
		// Whoever dialed asks in turn; if both did, they would never end.
		if (draft && session.isOutgoing) yield encodeDraftMessage({ t: 'step1', room, vector: draft.stateVector() });
		draft?.closeIfEmpty();
	}

	/** No answer, so it does not wait for the other side to take earlier ones: edits come from a relay without a pause. */
	#takeInOrder(session: Session, grid: Grid, message: Message<'step2'>): void {
		const before = this.#taking.get(session) ?? Promise.resolve();
		const taken = before.then(() => this.#take(session, grid, message));
		this.#taking.set(
			session,
			taken.catch((error: unknown) => session.fail(error)),
		);
	}

	async #take(session: Session, grid: Grid, { room, update }: Message<'step2'>): Promise<void> {
		const draft = await this.#open(session, grid, room);
		const refusal = draft?.edit(session, update, true);
		const isCarried = session.role === 'relay';
		if (draft && isCarried) this.#lingering.keep(draft);
		else draft?.closeIfEmpty();
		// One draft that grew too long on two sides must not keep two relays apart in everything else.
		if (refusal && !(isCarried && refusal === 'tooMuch')) session.close(refusal);
	}

	async #differs(grid: Grid, room: string, digest: string): Promise<boolean> {
		const name = parseRoom(room);
		return name.ok && name.value.grid === grid.id && (await this.#drafts.digest(grid, name.value)) !== digest;
	}

	/** The draft if this session may read it; asking for one that is not there or not for it has no answer. */
	async #open(session: Session, grid: Grid, room: string): Promise<DraftRoom | undefined> {
		const name = parseRoom(room);
		if (!name.ok || name.value.grid !== grid.id) return undefined;
		const draft = await this.#drafts.open(grid, name.value);
		return typeof draft !== 'string' && draft.admits(session) ? draft : undefined;
	}
}
