import { beforeRemovals } from '#core/drafts/removals.ts';
import { sittingsOf } from '#core/drafts/sittings.ts';
import type { DeviceKey, MemberId } from '#core/kernel/ids.ts';
import { isEmptyText, type RichText } from '#core/proposals/text.ts';
import { changeOf, DraftReplay } from '#lib/adapters/yjs/draft-replay.ts';
import type { PastEdit } from '#lib/adapters/yjs/draft-history.ts';
import { namedVersions } from '#lib/adapters/yjs/named-versions.ts';

/** A text as it was, and can be had back. */
export interface DraftVersion {
	readonly id: string;
	/** At the end of a sitting, right before much of it was taken away, as somebody named it, or as it was frozen. */
	readonly kind: 'sitting' | 'before-removal' | 'named' | 'frozen';
	/** First and last edit of the sitting, or the moment, in ms since 1970. Who says so is the relay, or this device. */
	readonly from: number;
	readonly to: number;
	/** Of a frozen text, its short hash. */
	readonly name: string | undefined;
	/** Whose devices sent what was new in it. */
	readonly writers: readonly DeviceKey[];
	/** The member who gave the name. */
	readonly namedBy: MemberId | undefined;
	readonly text: RichText;
}

/** VERSION-1, VERSION-2: what can be gone back to, latest first. `edits`: in order of arrival. */
export function versionsOf(edits: readonly PastEdit[]): readonly DraftVersion[] {
	const replay = new DraftReplay();
	const kept = beforeRemovals(edits.map(({ update }) => changeOf(update)));
	const marked = edits.map((edit, at) => ({ ...edit, isKept: kept.has(at) }));
	const automatic = sittingsOf(marked).flatMap((sitting, index) => playSitting(replay, sitting.edits, index));
	const named = readNamed(replay);
	replay.destroy();
	const all = withoutRepeats(automatic).filter(({ text }) => !isEmptyText(text));
	return [...all, ...named].sort((a, b) => b.to - a.to);
}

interface MarkedEdit extends PastEdit {
	/** Much was taken away after it. */
	readonly isKept: boolean;
}

function playSitting(replay: DraftReplay, edits: readonly MarkedEdit[], index: number): readonly DraftVersion[] {
	const versions: DraftVersion[] = [];
	let since: PastEdit[] = [];
	for (const edit of edits) {
		replay.play(edit.update);
		since.push(edit);
		const isLast = edit === edits.at(-1);
		if (!isLast && !edit.isKept) continue;
		versions.push(version(replay, isLast ? 'sitting' : 'before-removal', since, `${index}-${versions.length}`));
		since = [];
	}
	return versions;
}

function version(
	replay: DraftReplay,
	kind: DraftVersion['kind'],
	edits: readonly PastEdit[],
	id: string,
): DraftVersion {
	const writers = [...new Set(edits.flatMap(({ author }) => author ?? []))];
	const [from, to] = [edits[0]?.at ?? 0, edits.at(-1)?.at ?? 0];
	return { id, kind, from, to, writers, name: undefined, namedBy: undefined, text: replay.text() };
}

function readNamed(replay: DraftReplay): readonly DraftVersion[] {
	return namedVersions(replay.doc).flatMap(({ id, name, at, by, snapshot }) => {
		const text = replay.textAt(snapshot);
		const named = { id, kind: 'named', from: at, to: at, name, namedBy: by as MemberId, writers: [] } as const;
		return text ? [{ ...named, text }] : [];
	});
}

/** Not every edit changes the text: a remark beside it does not. */
function withoutRepeats(versions: readonly DraftVersion[]): readonly DraftVersion[] {
	const words = versions.map(({ text }) => JSON.stringify(text));
	return versions.filter((_, index) => words[index] !== words[index - 1]);
}
