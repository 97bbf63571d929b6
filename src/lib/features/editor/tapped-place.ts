import { Extension } from '@tiptap/core';
import { yCursorPluginKey } from '@tiptap/y-tiptap';
import type * as Y from 'yjs';

/**
 * DRAFT-10: a line that is tapped stays the place to write. The browser tells of a tap up to a frame later, and an edit
 * or a caret of somebody else that comes in between would be drawn with the place of before.
 */
export function keepTappedPlace(doc: Y.Doc): Extension {
	return Extension.create({
		name: 'keepTappedPlace',
		// Before the view exists: whoever listens first is asked before y-tiptap notes the place.
		onBeforeCreate: () => doc.on('beforeAllTransactions', tellOfTap),
		onDestroy: () => doc.off('beforeAllTransactions', tellOfTap),
		dispatchTransaction({ transaction, next }) {
			if (transaction.getMeta(yCursorPluginKey) !== undefined) {
				tellOfTap();
				const { selection } = this.editor.state;
				if (!selection.eq(transaction.selection)) transaction.setSelection(selection);
			}
			next(transaction);
		},
	});
}

/** ProseMirror reads the place when it hears this from the browser; it asks nothing of who tells. */
function tellOfTap(): void {
	document.dispatchEvent(new Event('selectionchange'));
}
