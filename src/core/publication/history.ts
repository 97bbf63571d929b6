import type { RecordId } from '../kernel/ids.ts';
import { readText, type RichText } from '../proposals/text.ts';
import type { PublicSource } from './document.ts';
import { maskNamesIn, maskWords } from './mask.ts';
import type { Edition, OutcomeParts, Publication } from './state.ts';

/** What an outcome said before, or that it was taken back. Times are claimed milliseconds. */
export type PublicChange =
	| {
			readonly what: 'corrected';
			readonly at: number;
			readonly reason: string;
			/** What it said before, where that was something else. */
			readonly text: RichText | undefined;
			readonly minutes: RichText | undefined;
	  }
	| { readonly what: 'withdrawn'; readonly at: number; readonly reason: string };

/** More is kept in the ledger; a public page shows the latest. */
export const MAX_HISTORY = 20;

/**
 * PUB-10: the way to an edition, the latest first; undefined while a text of it is not held. What was withdrawn is
 * told of without its text, and nothing before it: it may have been withdrawn for what it said.
 */
export function historyOf(
	source: PublicSource,
	edition: Edition,
	names: readonly string[],
): readonly PublicChange[] | undefined {
	const seen = new Set<RecordId>();
	const changes: (PublicChange | undefined)[] = [];
	const walk = (later: Edition): void => {
		for (const id of later.after) {
			if (seen.has(id)) continue;
			seen.add(id);
			const withdrawal = source.state.withdrawals.get(id);
			const before = source.state.publications.get(id);
			if (withdrawal?.stands) changes.push(withdrawn(withdrawal, names));
			else if (before?.stands && !isWithdrawn(source, before)) {
				changes.push(corrected(source, before, later, names));
				walk(before);
			}
		}
	};
	walk(edition);
	const told = changes.filter((change) => change !== undefined);
	return told.length < changes.length ? undefined : told.slice(0, MAX_HISTORY);
}

/** It was taken back, or says what was taken back without knowing of it. */
function isWithdrawn(source: PublicSource, { id, after }: Publication): boolean {
	const { publications, withdrawals } = source.state;
	if ([...withdrawals.values()].some(({ stands, names }) => stands && names.includes(id))) return true;
	if (after.some((followed) => withdrawals.get(followed)?.stands)) return false;
	return after.some((followed) => {
		const before = publications.get(followed);
		return before !== undefined && isWithdrawn(source, before);
	});
}

function withdrawn(
	{ at, reason }: { readonly at: number; readonly reason: string },
	names: readonly string[],
): PublicChange {
	return { what: 'withdrawn', at, reason: maskWords(reason, names) };
}

function corrected(
	source: PublicSource,
	before: OutcomeParts,
	{ at, reason = '', text, minutes }: Edition,
	names: readonly string[],
): PublicChange | undefined {
	const old = { text: frozenText(source, before.text), minutes: frozenMinutes(source, before.minutes) };
	if (!old.text || !old.minutes) return undefined;
	return {
		...{ what: 'corrected', at, reason: maskWords(reason, names) },
		text: before.text === text ? undefined : maskNamesIn(old.text, names),
		minutes: before.minutes === minutes ? undefined : maskNamesIn(old.minutes, names),
	};
}

function frozenText({ ledger, blobs }: PublicSource, id: RecordId): RichText | undefined {
	const frozen = ledger.find(id, 'text.freeze');
	return frozen && readText(blobs(frozen.body.blob));
}

function frozenMinutes({ state, blobs }: PublicSource, id: RecordId): RichText | undefined {
	const minutes = state.minutes.get(id);
	return minutes && readText(blobs(minutes.blob));
}
