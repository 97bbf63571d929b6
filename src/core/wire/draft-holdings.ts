import { draftDigest, joinRanges } from './draft-digest.ts';
import { leavesGap, scanUpdate, type ScannedUpdate } from './draft-scan.ts';

interface Deleted {
	ranges: (readonly [number, number])[];
	/** Whether the ranges are in order, and none touches another. */
	isJoined: boolean;
	/** Joined when there are more pieces than this, so that a long list of updates costs no more than the draft. */
	mostPieces: number;
}
const FEW_PIECES = 1024;

/** What a list of updates comes to, known without applying any of them: so without Yjs. */
export class DraftHoldings {
	readonly #clocks = new Map<number, number>();
	readonly #deletes = new Map<number, Deleted>();

	/** Takes a sound update that leaves no gap; answers whether it was one. */
	take(update: Uint8Array): boolean {
		const scanned = scanUpdate(update);
		if (!scanned.ok || leavesGap(scanned.value, this.known)) return false;
		this.note(scanned.value);
		return true;
	}

	/** Takes what was looked at before. */
	note({ clients, deletes }: ScannedUpdate): void {
		for (const [client, { to }] of clients) this.#clocks.set(client, Math.max(to, this.known(client)));
		for (const [client, ranges] of deletes) this.#noteDeleted(client, ranges);
	}

	/** Whether it says anything that is not held: a struct, or a deletion. */
	lacks({ clients, deletes }: ScannedUpdate): boolean {
		if ([...clients].some(([client, { to }]) => to > this.known(client))) return true;
		return [...deletes].some(([client, ranges]) => ranges.some((range) => !this.#isDeleted(client, range)));
	}

	/** How far a clientID's edits are held. */
	readonly known = (client: number): number => this.#clocks.get(client) ?? 0;

	/** Yjs' state vector: pairs of clientID and clock behind their number. */
	vector(): Uint8Array {
		const numbers = [this.#clocks.size, ...[...this.#clocks].flat()];
		return Uint8Array.from(numbers.flatMap(bytesOfUint));
	}

	digest(): string {
		return draftDigest(this.#clocks, new Map([...this.#deletes].map(([client, { ranges }]) => [client, ranges])));
	}

	#noteDeleted(client: number, ranges: readonly (readonly [number, number])[]): void {
		const deleted = this.#deletes.get(client) ?? { ranges: [], isJoined: true, mostPieces: FEW_PIECES };
		this.#deletes.set(client, deleted);
		for (const range of ranges) deleted.ranges.push(range);
		deleted.isJoined = false;
		if (deleted.ranges.length > deleted.mostPieces) join(deleted);
	}

	#isDeleted(client: number, [clock, length]: readonly [number, number]): boolean {
		const deleted = this.#deletes.get(client);
		if (!deleted) return false;
		if (!deleted.isJoined) join(deleted);
		const [from, held] = deleted.ranges[lastUpTo(deleted.ranges, clock)] ?? [0, 0];
		return from <= clock && clock + length <= from + held;
	}
}

function join(deleted: Deleted): void {
	deleted.ranges = joinRanges(deleted.ranges);
	deleted.isJoined = true;
	deleted.mostPieces = FEW_PIECES + 2 * deleted.ranges.length;
}

/** Where the last of these ranges lies that begins at this clock or before; -1 if none does. */
function lastUpTo(ranges: readonly (readonly [number, number])[], clock: number): number {
	let [low, high] = [0, ranges.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ranges[middle]?.[0] ?? 0) <= clock) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}

/** Seven bits a byte, lowest first. */
function bytesOfUint(value: number): readonly number[] {
	return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...bytesOfUint(Math.floor(value / 0x80))];
}
