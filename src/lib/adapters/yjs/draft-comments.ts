import * as v from 'valibot';
import * as Y from 'yjs';
import type { MemberId } from '#core/kernel/ids.ts';
import { DRAFT_ROOTS } from '#core/wire/draft-scan.ts';

const LONGEST_TEXT = 2000;
const LONGEST_QUOTE = 200;

/** Where in the text: Yjs relative positions, which stay with their words while others write around them. */
export interface Anchor {
	readonly from: Uint8Array;
	readonly to: Uint8Array;
}

const position = v.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length < 256);
const comment = v.object({
	text: v.pipe(v.string(), v.maxLength(LONGEST_TEXT)),
	by: v.string(),
	at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	quote: v.pipe(v.string(), v.maxLength(LONGEST_QUOTE)),
	anchor: v.optional(v.object({ from: position, to: position })),
	mentions: v.pipe(v.array(v.string()), v.maxLength(100)),
	resolved: v.optional(v.boolean(), false),
	removed: v.optional(v.boolean(), false),
});

/** What somebody says about a draft, in the draft itself. `by` is what the device wrote: nothing here is signed. */
export interface DraftComment {
	readonly id: string;
	readonly text: string;
	readonly by: MemberId;
	readonly at: number;
	/** The words it is about, as they were; '' when it is about the whole. */
	readonly quote: string;
	readonly anchor: Anchor | undefined;
	readonly mentions: readonly MemberId[];
	readonly resolved: boolean;
	/** Its author took it back: only that somebody said something remains. */
	readonly removed: boolean;
}
export type NewComment = Omit<DraftComment, 'id' | 'resolved' | 'removed'>;

/** COMMENT-1: oldest first; what is no comment of ours is left out. */
export function readComments(doc: Y.Doc): readonly DraftComment[] {
	const comments = [...commentsIn(doc).entries()].flatMap(([id, value]) => {
		const parsed = v.safeParse(comment, value instanceof Y.Map ? Object.fromEntries(value.entries()) : undefined);
		if (!parsed.success) return [];
		const { by, mentions, anchor, ...said } = parsed.output;
		return [{ id, ...said, anchor, by: by as MemberId, mentions: mentions as MemberId[] }];
	});
	return comments.sort((a, b) => a.at - b.at);
}

export function addComment(doc: Y.Doc, id: string, { anchor, ...said }: NewComment): void {
	const entries = Object.entries({ ...said, ...(anchor ? { anchor } : {}) });
	commentsIn(doc).set(id, new Y.Map<unknown>(entries));
}

/** COMMENT-2. */
export function resolveComment(doc: Y.Doc, id: string, resolved: boolean): void {
	change(doc, id, (said) => said.set('resolved', resolved));
}

/** COMMENT-3: the words go, also out of later versions of the draft. */
export function removeComment(doc: Y.Doc, id: string): void {
	change(doc, id, (said) => {
		said.set('removed', true);
		said.set('text', '');
		said.set('quote', '');
		said.set('mentions', []);
	});
}

/** Calls back after every change of a comment, whoever made it. */
export function watchComments(doc: Y.Doc, changed: () => void): () => void {
	commentsIn(doc).observeDeep(changed);
	return () => commentsIn(doc).unobserveDeep(changed);
}

const commentsIn = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(DRAFT_ROOTS.comments);

function change(doc: Y.Doc, id: string, edit: (said: Y.Map<unknown>) => void): void {
	const said = commentsIn(doc).get(id);
	if (said instanceof Y.Map) doc.transact(() => edit(said));
}
