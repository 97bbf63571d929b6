/** People who write, pause for a cup of tea and write on are at one sitting; after half an hour it is another. In ms. */
const PAUSE = 30 * 60 * 1000;

export interface Sitting<T> {
	/** When its first and its last edit arrived, in ms since 1970. */
	readonly from: number;
	readonly to: number;
	readonly edits: readonly T[];
}

/** VERSION-1: edits in order of arrival, as the sittings at which they were made. */
export function sittingsOf<T extends { readonly at: number }>(edits: readonly T[]): readonly Sitting<T>[] {
	const sittings: { from: number; to: number; edits: T[] }[] = [];
	for (const edit of edits) {
		const last = sittings.at(-1);
		if (last && edit.at - last.to < PAUSE) {
			last.edits.push(edit);
			last.to = edit.at;
		} else sittings.push({ from: edit.at, to: edit.at, edits: [edit] });
	}
	return sittings;
}
