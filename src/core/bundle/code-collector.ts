import { concat } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { isWhole, readFrame, sameFrame, type CodeFrame, type FrameRefusal } from './code-frames.ts';

/** How far the row has come that was seen last; `whole` once it is complete. */
export interface Collected {
	readonly done: number;
	readonly count: number;
	readonly whole?: Uint8Array;
}

/** Rows that are collected side by side; the one that was seen longest ago makes room. */
const MOST_ROWS = 4;

/**
 * CARRY-3: puts a row of codes together again, whatever order they are seen in and however often, also where another
 * row or another code comes between. A row whose pieces do not make its hash begins anew.
 */
export class CodeCollector {
	/** By hash of the whole, the one seen last at the end. */
	readonly #rows = new Map<string, Map<number, CodeFrame>>();

	see(text: string): Result<Collected, FrameRefusal> {
		const frame = readFrame(text);
		if (!frame.ok) return frame;
		const row = this.#rowOf(frame.value);
		row.set(frame.value.index, frame.value);
		return row.size < frame.value.count ? ok({ done: row.size, count: frame.value.count }) : this.#close(frame.value);
	}

	#rowOf(frame: CodeFrame): Map<number, CodeFrame> {
		const known = this.#rows.get(frame.whole);
		const row = known && fits(known, frame) ? known : new Map<number, CodeFrame>();
		this.#rows.delete(frame.whole);
		this.#rows.set(frame.whole, row);
		const [oldest] = this.#rows.keys();
		if (this.#rows.size > MOST_ROWS && oldest !== undefined) this.#rows.delete(oldest);
		return row;
	}

	#close({ whole, count }: CodeFrame): Result<Collected, FrameRefusal> {
		const row = this.#rows.get(whole);
		this.#rows.delete(whole);
		const pieces = Array.from({ length: count }, (_, index) => row?.get(index)?.piece ?? new Uint8Array());
		const bytes = concat(...pieces);
		return isWhole(bytes, whole) ? ok({ done: count, count, whole: bytes }) : err('frame-broken');
	}
}

/** Two that contradict each other under one hash are not of one row. */
function fits(row: ReadonlyMap<number, CodeFrame>, frame: CodeFrame): boolean {
	const [any] = row.values();
	const same = row.get(frame.index);
	return any?.count === frame.count && (!same || sameFrame(same, frame));
}
