import { encodeCbor } from '../kernel/cbor.ts';
import { labelledHash } from '../kernel/ids.ts';

type Range = readonly [number, number];
type Ranges = ReadonlyMap<number, readonly Range[]>;

/**
 * A hash of everything a draft holds, deletions included: equal on two devices exactly where the same is written and
 * the same is deleted. `clocks`: the clock behind the last struct, by clientID; `deletes`: `[clock, length]`.
 */
export function draftDigest(clocks: ReadonlyMap<number, number>, deletes: Ranges): string {
	const written = [...clocks].sort(byClient);
	const gone = [...deletes].map(([client, ranges]) => [client, joinRanges(ranges).flat()] as const).sort(byClient);
	return labelledHash('council-corner/draft/1', encodeCbor([written, gone]));
}

/** Ranges in order, those that touch as one: two may have heard of the same deletions in different pieces. */
export function joinRanges(ranges: readonly Range[]): Range[] {
	const joined: [number, number][] = [];
	for (const [clock, length] of [...ranges].sort((a, b) => a[0] - b[0])) {
		const last = joined.at(-1);
		if (last && clock <= last[0] + last[1]) last[1] = Math.max(last[1], clock + length - last[0]);
		else joined.push([clock, length]);
	}
	return joined;
}

const byClient = (a: readonly [number, unknown], b: readonly [number, unknown]): number => a[0] - b[0];
