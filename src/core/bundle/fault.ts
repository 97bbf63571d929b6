import type { RecordId } from '../kernel/ids.ts';

/** Something that keeps a file from proving its outcome. */
export interface Fault<Code extends string> {
	readonly code: Code;
	/** Ids, hashes, or what exactly is wrong. */
	readonly names: readonly string[];
}

/** A decision counted again, what is wrong with it, and the revocations it was judged under. */
export interface Recounted<Decided, Code extends string> {
	readonly decided: Decided;
	readonly faults: readonly Fault<Code>[];
	readonly revs: readonly RecordId[];
}
