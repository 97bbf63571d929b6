import { topicsUnderWay } from '#core/publication/selectors.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import { now } from '#lib/adapters/clock.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import type { CornerView } from '../corner-view.svelte.ts';
import { heldEdits } from './held-edits.ts';

/** The latest topics; each has a proposal and minutes. */
const MOST_TOPICS = 30;

type Message<T extends DraftMessage['t']> = Extract<DraftMessage, { readonly t: T }>;

/**
 * DRAFT-8: keeps drafts that are not on screen as the relay has them, over the trunk and without Yjs: what came is
 * looked at and stored, and applied when somebody opens the draft. The relay says which drafts differ; then this device
 * takes what it lacks, and if they still differ, gives what it has.
 */
export class DraftsInStep {
	readonly #send: (message: DraftMessage) => void;
	readonly #taking = new Set<string>();
	readonly #given = new Set<string>();
	#queue: Promise<void> = Promise.resolve();

	constructor(send: (message: DraftMessage) => void) {
		this.#send = send;
	}

	/** Asks which of these drafts the relay has otherwise. */
	async compare(rooms: readonly string[]): Promise<void> {
		this.#taking.clear();
		this.#given.clear();
		for (const room of rooms) await this.#ask(room);
	}

	/** One message after the other: each reads the disk and then changes it. */
	hear(message: DraftMessage): void {
		this.#queue = this.#queue.then(() => this.#receive(message)).catch((bug: unknown) => console.error(bug));
	}

	async #receive(message: DraftMessage): Promise<void> {
		if (message.t === 'step1') await this.#differs(message);
		else if (message.t === 'step2' && this.#taking.has(message.room)) await this.#take(message);
	}

	async #differs({ room }: Message<'step1'>): Promise<void> {
		if (this.#taking.has(room)) return this.#give(room);
		this.#taking.add(room);
		this.#send({ t: 'step1', room, vector: (await heldEdits(room)).vector() });
	}

	async #take({ room, update }: Message<'step2'>): Promise<void> {
		const holdings = await heldEdits(room);
		const before = holdings.digest();
		if (holdings.take(update) && holdings.digest() !== before) await new DraftStore(room).add(update, true, now());
		await this.#ask(room);
	}

	/** Everything, once: a relay that was restored from a backup may lack what it had acknowledged. */
	async #give(room: string): Promise<void> {
		if (this.#given.has(room)) return;
		this.#given.add(room);
		for (const { update } of await new DraftStore(room).after(0)) this.#send({ t: 'step2', room, update });
	}

	async #ask(room: string): Promise<void> {
		this.#send({ t: 'have', drafts: [[room, (await heldEdits(room)).digest()]] });
	}
}

/** The drafts that somebody may be writing now. */
export function roomsUnderWay({ state, corner: { grid } }: CornerView): readonly string[] {
	const topics = topicsUnderWay(state).slice(0, MOST_TOPICS);
	return topics.flatMap((id) => [draftRoom(grid, 'topic', id), draftRoom(grid, 'minutes', id)]);
}
