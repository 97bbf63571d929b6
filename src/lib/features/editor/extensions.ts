import type { Extensions } from '@tiptap/core';
import Collaboration from '@tiptap/extension-collaboration';
import CollaborationCaret from '@tiptap/extension-collaboration-caret';
import StarterKit from '@tiptap/starter-kit';
import { TEXT_FIELD, type Draft } from '#lib/session/drafts/draft.svelte.ts';
import { drawCaret, drawSelection, type Writer } from './carets.ts';
import { keepTappedPlace } from './tapped-place.ts';

/** Only what `core/proposals/text.ts` knows: an unknown node could be written but never frozen. */
export function extensionsFor(draft: Draft, user: Writer): Extensions {
	return [
		StarterKit.configure({
			undoRedo: false,
			...{ blockquote: false, code: false, codeBlock: false, horizontalRule: false, link: false },
			// A trailing paragraph of its own would be an edit by everybody who merely looks.
			...{ strike: false, underline: false, dropcursor: false, gapcursor: false, trailingNode: false },
			heading: { levels: [2, 3] },
		}),
		keepTappedPlace(draft.document.doc),
		Collaboration.configure({ document: draft.document.doc, field: TEXT_FIELD }),
		CollaborationCaret.configure({
			provider: { awareness: draft.awareness },
			user,
			render: drawCaret,
			selectionRender: drawSelection,
		}),
	];
}
