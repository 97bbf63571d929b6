import * as v from 'valibot';
import type { OutcomeVerdict } from './verify.ts';

/** RECOUNT-2: what a worker that counts an outcome file again says to the page that gave it the file. */
export type RecountMessage =
	| { readonly t: 'progress'; readonly done: number; readonly total: number }
	| { readonly t: 'verdict'; readonly verdict: OutcomeVerdict };

const VERDICTS: readonly unknown[] = ['verified', 'not-verified', 'unreadable'];

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const messageSchema = v.variant('t', [
	v.strictObject({ t: v.literal('progress'), done: count, total: count }),
	v.strictObject({ t: v.literal('verdict'), verdict: v.custom<OutcomeVerdict>(isVerdict) }),
]);

/**
 * undefined for anything else. Of a verdict only the kind is looked at: it comes from this product's own file of the same
 * version, and whoever could put words into that file could put them into the page.
 */
export function parseRecountMessage(data: unknown): RecountMessage | undefined {
	const parsed = v.safeParse(messageSchema, data);
	return parsed.success ? parsed.output : undefined;
}

function isVerdict(value: unknown): boolean {
	return typeof value === 'object' && value !== null && 'verdict' in value && VERDICTS.includes(value.verdict);
}
