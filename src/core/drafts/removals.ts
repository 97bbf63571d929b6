/** Letters whose loss somebody may want to undo. */
const MUCH = 20;

/** What one edit did, in letters. */
export interface Change {
	readonly written: number;
	readonly removed: number;
}

/** VERSION-1: the edits after which the text stood as it was before much of it went, at once or little by little. */
export function beforeRemovals(changes: readonly Change[]): ReadonlySet<number> {
	const kept = new Set<number>();
	let length = 0;
	let fullest = { length: 0, at: -1 };
	for (const [at, { written, removed }] of changes.entries()) {
		length += written - removed;
		const isLoss = removed >= MUCH || fullest.length - length >= MUCH;
		if (isLoss) kept.add(removed >= MUCH ? at - 1 : fullest.at);
		if (isLoss || length >= fullest.length) fullest = { length, at };
	}
	return kept;
}
