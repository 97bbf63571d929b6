import * as Y from 'yjs';
import { DraftHoldings } from '#core/wire/draft-holdings.ts';
import type { ScannedUpdate } from '#core/wire/draft-scan.ts';

/** Merging compares the heads of all its inputs at each struct, so many are merged in groups, then the groups. */
const GROUP = 32;
const WORTH_A_SNAPSHOT = 500;
const EMPTY_UPDATE = Uint8Array.of(0, 0);

/**
 * One draft as a list of updates, merged only when somebody asks for the whole: no Y.Doc, so an edit costs nothing
 * here but its bytes (ARCHITECTURE 5).
 */
export class DraftLog {
	#merged: Uint8Array = EMPTY_UPDATE;
	#tail: Uint8Array[];
	#bytes: number;
	/** Updates since the stored snapshot. */
	#unmerged: number;
	readonly #holdings = new DraftHoldings();
	#digest: string | undefined;

	constructor(updates: readonly Uint8Array[]) {
		this.#tail = [...updates];
		this.#unmerged = updates.length;
		this.#bytes = updates.reduce((sum, { length }) => sum + length, 0);
		for (const update of updates) this.#holdings.take(update);
	}

	/** Bytes at most; exact after `state`. */
	get bytes(): number {
		return this.#bytes;
	}

	/** How far a clientID's edits are held. */
	get known(): (client: number) => number {
		return this.#holdings.known;
	}

	/** Whether it says anything that is not held. */
	lacks(scanned: ScannedUpdate): boolean {
		return this.#holdings.lacks(scanned);
	}

	/** Takes an update that leaves no gap. */
	append(update: Uint8Array, scanned: ScannedUpdate): void {
		this.#holdings.note(scanned);
		this.#digest = undefined;
		this.#tail.push(update);
		this.#unmerged++;
		this.#bytes += update.length;
	}

	/** The whole as one update when it is worth storing, because opening it again would merge many. */
	takeSnapshot(): Uint8Array | undefined {
		if (this.#unmerged < WORTH_A_SNAPSHOT) return undefined;
		this.#unmerged = 0;
		return this.state();
	}

	/** Everything as one update. */
	state(): Uint8Array {
		if (this.#tail.length > 0) {
			this.#merged = mergeAll([this.#merged, ...this.#tail]);
			this.#tail = [];
			this.#bytes = this.#merged.length;
		}
		return this.#merged;
	}

	/** Forgets what was typed and deleted again, which merging alone never does; slow, for a draft near its limit. */
	compact(): void {
		const doc = new Y.Doc();
		Y.applyUpdate(doc, this.state());
		this.#merged = Y.encodeStateAsUpdate(doc);
		this.#bytes = this.#merged.length;
		doc.destroy();
	}

	stateVector(): Uint8Array {
		return this.#holdings.vector();
	}

	digest(): string {
		return (this.#digest ??= this.#holdings.digest());
	}

	/** What a client with this state vector lacks. Throws when the vector is malformed. */
	difference(stateVector: Uint8Array): Uint8Array {
		// Somebody who has nothing gets everything, without the work of comparing.
		return stateVector.length === 1 && stateVector[0] === 0 ? this.state() : Y.diffUpdate(this.state(), stateVector);
	}
}

/** Merges any number of scanned updates. */
export function mergeAll(updates: readonly Uint8Array[]): Uint8Array {
	let level = updates.filter((update) => update.length > EMPTY_UPDATE.length);
	while (level.length > 1) {
		level = Array.from({ length: Math.ceil(level.length / GROUP) }, (_, index) =>
			mergeGroup(level.slice(index * GROUP, (index + 1) * GROUP)),
		);
	}
	return level[0] ?? EMPTY_UPDATE;
}

function mergeGroup(updates: Uint8Array[]): Uint8Array {
	try {
		return Y.mergeUpdates(updates);
	} catch {
		// A crafted pair of updates may be sound apart and not together: leave out what does not fit, never the draft.
		return updates.reduce((merged, update) => mergedOr(merged, update));
	}
}

function mergedOr(merged: Uint8Array, update: Uint8Array): Uint8Array {
	try {
		return Y.mergeUpdates([merged, update]);
	} catch {
		return merged;
	}
}
