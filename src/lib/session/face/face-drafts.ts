import { accessTo } from '#core/roster/permissions.ts';
import type { Role } from '#core/roster/roles.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { maySayMore, readVector } from '#core/wire/draft-vector.ts';
import { parseRoom, type DraftKind } from '#core/wire/rooms.ts';
import { now } from '#lib/adapters/clock.ts';
import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import type { CornerCopy } from '../corner-copy.ts';
import { heldEdits } from '../drafts/held-edits.ts';

type Message<T extends DraftMessage['t']> = Extract<DraftMessage, { readonly t: T }>;

const AGAIN_MS = 4000;
/** Drafts in one message. */
const PAGE = 64;
/** Whoever names topics that there are not fills no memory. */
const MOST_EARLY = 1024;

/**
 * FACE-7: two phones give each other what they lack of the drafts that either keeps: each says by digest what it has,
 * and is asked for what the other has not. Nothing is applied here; what came is offered to relays later.
 */
export class FaceDrafts {
	/** Drafts of which something came, and of which something was given. */
	readonly received = new Set<string>();
	readonly given = new Set<string>();
	onchange: () => void = () => {};
	readonly #copy: CornerCopy;
	readonly #mate: Role;
	readonly #send: (message: DraftMessage) => void;
	readonly #again: ReturnType<typeof setInterval>;
	/** What was said of each draft, so that it is not said again before it changes. */
	readonly #told = new Map<string, string>();
	/** What the other side has of topics that are not held here yet: asked for once they are. */
	#early: readonly (readonly [room: string, digest: string])[] = [];

	constructor(copy: CornerCopy, mate: Role, send: (message: DraftMessage) => void) {
		this.#copy = copy;
		this.#mate = mate;
		this.#send = send;
		this.#again = setInterval(() => void this.compare(), AGAIN_MS);
	}

	/** At the beginning, again and again, and after every change of the ledger. */
	async compare(): Promise<void> {
		await this.#ask(this.#early);
		const rooms = (await DraftStore.rooms(this.#copy.grid)).filter((room) => this.#allows(room, 'read'));
		const held = await Promise.all(rooms.map(async (room) => [room, (await heldEdits(room)).digest()] as const));
		const news = held.filter(([room, digest]) => this.#told.get(room) !== digest);
		for (const [room, digest] of news) this.#told.set(room, digest);
		for (let start = 0; start < news.length; start += PAGE) {
			this.#send({ t: 'have', drafts: news.slice(start, start + PAGE) });
		}
	}

	async hear(message: DraftMessage): Promise<void> {
		if (message.t === 'have') return this.#ask([...this.#early, ...message.drafts]);
		if (message.t === 'step1') return this.#give(message);
		if (message.t === 'step2') return this.#take(message);
	}

	close(): void {
		clearInterval(this.#again);
	}

	async #ask(drafts: Message<'have'>['drafts']): Promise<void> {
		this.#early = drafts.filter(([room]) => this.#kindOf(room) === undefined).slice(-MOST_EARLY);
		for (const [room, digest] of drafts) {
			if (!this.#allows(room, 'write')) continue;
			const holdings = await heldEdits(room);
			if (holdings.digest() !== digest) this.#send({ t: 'step1', room, vector: holdings.vector() });
		}
	}

	async #give({ room, vector }: Message<'step1'>): Promise<void> {
		const held = readVector(vector);
		if (!held || !this.#allows(room, 'read')) return;
		const rows = await new DraftStore(room).after(0);
		const news = rows.filter(({ update }) => maySayMore(update, held));
		for (const { update } of news) this.#send({ t: 'step2', room, update });
		if (news.length > 0) this.given.add(room);
		this.onchange();
	}

	async #take({ room, update }: Message<'step2'>): Promise<void> {
		if (!this.#allows(room, 'write')) return;
		const holdings = await heldEdits(room);
		const before = holdings.digest();
		if (!holdings.take(update) || holdings.digest() === before) return;
		await new DraftStore(room).add(update, false, now());
		// What came from there need not be told there.
		this.#told.set(room, holdings.digest());
		this.received.add(room);
		this.onchange();
	}

	/** A draft of something that is held, which the other side may read, or write where it brings something. */
	#allows(name: string, access: 'read' | 'write'): boolean {
		const kind = this.#kindOf(name);
		const mate = kind && accessTo(kind, this.#mate);
		return mate === 'write' || (mate !== undefined && mate === access);
	}

	/** undefined unless it is a draft of this corner, of something that is held here. */
	#kindOf(name: string): DraftKind | undefined {
		const room = parseRoom(name);
		if (!room.ok || room.value.kind === 'ledger' || room.value.grid !== this.#copy.grid) return undefined;
		return this.#copy.record(room.value.owner) && room.value.kind;
	}
}
