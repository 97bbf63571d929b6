import { err, ok, type Result } from '../kernel/result.ts';
import { scanContent, scanRun } from './draft-content.ts';
import { DraftReader } from './draft-reader.ts';

/** The shared types at the root of every draft: its text, what is said about it, and the versions that have a name. */
export const DRAFT_ROOTS = { text: 'text', comments: 'comments', versions: 'versions' } as const;

/** Nobody writes that much; a clock near 2^52 makes a clientID useless for ever. */
const HIGHEST_CLOCK = 2 ** 31;
const LONGEST_ROOT = 16;

/** Bits of an item's first byte. */
const INFO = { kind: 31, hasKey: 32, hasRight: 64, hasLeft: 128 } as const;
const GONE = 0;
const SKIPPED = 10;

/** What an update says of one clientID. */
export interface ScannedClient {
	/** Everything before this clock must be held already. */
	readonly after: number;
	/** The clock behind its last struct. */
	readonly to: number;
}
export interface ScannedUpdate {
	/** Whether it says nothing at all, as the answer of a client that has nothing new. */
	readonly isEmpty: boolean;
	readonly clients: ReadonlyMap<number, ScannedClient>;
	/** By clientID, the clock up to which something must be there: neighbors and parents of what is new, and what is deleted. */
	readonly needs: ReadonlyMap<number, number>;
	/** By clientID, deleted `[clock, length]` as written. */
	readonly deletes: ReadonlyMap<number, readonly (readonly [number, number])[]>;
}

/**
 * DRAFT-4: reads a Yjs update (format 1) without applying it, on the relay and on every device. Refuses what would harm
 * whoever applies it: counts that the bytes cannot hold, unknown kinds, documents inside documents, empty or endless
 * structs, far clocks, deep values, texts that are not UTF-8, roots that no draft has, a delete set that is cut off.
 */
export function scanUpdate(update: Uint8Array): Result<ScannedUpdate, 'update-malformed'> {
	const scan = new Scan(update);
	return scan.isSound() ? ok(scan) : err('update-malformed');
}

/** DRAFT-5: whether something that comes before is missing. `known`: the clock behind what is held of a clientID. */
export function leavesGap({ clients, needs }: ScannedUpdate, known: (client: number) => number): boolean {
	const startsLate = [...clients].some(([client, { after }]) => known(client) < after);
	return (
		startsLate || [...needs].some(([client, clock]) => Math.max(known(client), clients.get(client)?.to ?? 0) < clock)
	);
}

class Scan implements ScannedUpdate {
	readonly clients = new Map<number, ScannedClient>();
	readonly needs = new Map<number, number>();
	readonly deletes = new Map<number, (readonly [number, number])[]>();
	readonly #reader: DraftReader;

	constructor(update: Uint8Array) {
		this.#reader = new DraftReader(update);
	}

	get isEmpty(): boolean {
		return this.clients.size === 0 && this.deletes.size === 0;
	}

	isSound(): boolean {
		this.#each(() => this.#client());
		this.#each(() => this.#deletesOfClient());
		return !this.#reader.isBroken && this.#reader.left === 0;
	}

	#each(read: () => void): void {
		const count = this.#reader.count();
		for (let index = 0; index < count && !this.#reader.isBroken; index++) read();
	}

	#client(): void {
		const reader = this.#reader;
		const structs = reader.count();
		const client = reader.uint();
		let clock = reader.uint();
		let after = clock;
		// Yjs forgets the first of two lists of one client.
		if (structs === 0 || this.clients.has(client)) reader.refuse();
		for (let index = 0; index < structs && !reader.isBroken; index++) {
			const info = reader.byte();
			const length = info === SKIPPED ? reader.uint() : this.#struct(info, client, clock);
			clock += length;
			if (info === SKIPPED) after = clock;
			if (length === 0 || clock > HIGHEST_CLOCK) reader.refuse();
		}
		this.clients.set(client, { after, to: clock });
	}

	#struct(info: number, client: number, clock: number): number {
		if ((info & INFO.kind) === GONE) return scanRun(this.#reader);
		if (info & INFO.hasLeft) this.#neighbor(client, clock);
		if (info & INFO.hasRight) this.#neighbor(client, clock);
		if (!(info & (INFO.hasLeft | INFO.hasRight))) this.#parent(info, client, clock);
		return scanContent(this.#reader, info & INFO.kind);
	}

	/** An item without neighbors says where it belongs: a root, or the item that holds its type; in a map, under which key. */
	#parent(info: number, client: number, clock: number): void {
		const isRoot = this.#reader.uint() === 1;
		if (!isRoot) this.#neighbor(client, clock);
		else if (!Object.hasOwn(DRAFT_ROOTS, this.#reader.text(LONGEST_ROOT))) this.#reader.refuse();
		if (info & INFO.hasKey) this.#reader.skipText();
	}

	#neighbor(ownClient: number, ownClock: number): void {
		const client = this.#reader.uint();
		const clock = this.#reader.uint();
		// Yjs looks for it at once, and throws in the middle of applying.
		if (client === ownClient && clock >= ownClock) this.#reader.refuse();
		this.#need(client, clock + 1);
	}

	#deletesOfClient(): void {
		const reader = this.#reader;
		const client = reader.uint();
		const count = reader.count();
		const ranges = this.deletes.get(client) ?? [];
		this.deletes.set(client, ranges);
		for (let index = 0; index < count && !reader.isBroken; index++) {
			const [clock, length] = [reader.uint(), reader.uint()];
			if (length === 0 || clock + length > HIGHEST_CLOCK) reader.refuse();
			ranges.push([clock, length]);
			this.#need(client, clock + length);
		}
	}

	#need(client: number, clock: number): void {
		if (clock > (this.needs.get(client) ?? 0)) this.needs.set(client, clock);
	}
}
