import type { Editor } from '@tiptap/core';
import {
	absolutePositionToRelativePosition,
	relativePositionToAbsolutePosition,
	ySyncPluginKey,
} from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import type { Anchor, Quoted } from '#lib/session/drafts/draft-comments.svelte.ts';

const LONGEST_QUOTE = 120;

/** The words that are selected, with where they are; undefined when none are. */
export function quoteSelection(editor: Editor): Quoted | undefined {
	const { from, to, empty } = editor.state.selection;
	if (empty) return undefined;
	const words = editor.state.doc.textBetween(from, to, ' ').trim();
	const quote = [...words].slice(0, LONGEST_QUOTE).join('');
	return quote === '' ? undefined : { quote, anchor: { from: anchorAt(editor, from), to: anchorAt(editor, to) } };
}

/** Selects the words a comment is about, wherever they are by now. Answers false when they are gone. */
export function showAnchor(editor: Editor, { from, to }: Anchor): boolean {
	const [start, end] = [positionOf(editor, from), positionOf(editor, to)];
	if (start === null || end === null || start >= end) return false;
	return editor.chain().focus().setTextSelection({ from: start, to: end }).scrollIntoView().run();
}

function anchorAt(editor: Editor, position: number): Uint8Array {
	const { type, binding } = ySyncPluginKey.getState(editor.state);
	return Y.encodeRelativePosition(absolutePositionToRelativePosition(position, type, binding.mapping));
}

function positionOf(editor: Editor, anchor: Uint8Array): number | null {
	const { doc, type, binding } = ySyncPluginKey.getState(editor.state);
	try {
		return relativePositionToAbsolutePosition(doc, type, Y.decodeRelativePosition(anchor), binding.mapping);
	} catch {
		// The bytes came over the network.
		return null;
	}
}
