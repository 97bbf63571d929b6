import type { Doc } from 'yjs';

/**
 * Where somebody has just tapped the page knows before the editor does; what comes in between would take the caret back to
 * where it was. So the editor is told first. To be called before the editor is made: what was there first is asked first.
 */
export function caretFirst(doc: Doc): void {
	doc.on('beforeAllTransactions', () => {
		if (doc._transaction?.local === false) document.dispatchEvent(new Event('selectionchange'));
	});
}
