import { draftDigest, joinRanges } from './draft-digest.ts';
import { leavesGap, scanUpdate, type ScannedUpdate } from './draft-scan.ts';

interface Deleted {
	ranges: (readonly [number, number])[];
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
		const deleted = this.#deletes.get(client) ?? { ranges: [], mostPieces: FEW_PIECES };
		this.#deletes.set(client, deleted);
		for (const range of ranges) deleted.ranges.push(range);
		if (deleted.ranges.length <= deleted.mostPieces) return;
		deleted.ranges = joinRanges(deleted.ranges);
		deleted.mostPieces = FEW_PIECES + 2 * deleted.ranges.length;
	}
}

/** Seven bits a byte, lowest first. */
function bytesOfUint(value: number): readonly number[] {
	return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...bytesOfUint(Math.floor(value / 0x80))];
}
