import * as Y from 'yjs';
import { TEXT_FIELD } from './draft-document.ts';

/** The words that these updates make, one line a paragraph, heading or list item. */
export function plainTextOf(updates: readonly Uint8Array[]): string {
	const doc = new Y.Doc();
	for (const update of updates) Y.applyUpdate(doc, update);
	const lines = linesOf(doc.getXmlFragment(TEXT_FIELD));
	doc.destroy();
	return lines.join('\n');
}

/** An element that holds text is a line; any other holds the lines of its parts. */
function linesOf(node: Y.XmlFragment): readonly string[] {
	const parts = node.toArray();
	const texts = parts.filter((part) => part instanceof Y.XmlText);
	if (texts.length > 0) return [texts.map(wordsOf).join('')];
	return parts.flatMap((part) => (part instanceof Y.XmlElement ? linesOf(part) : []));
}

/** Without the marks that `toString` writes as tags. */
function wordsOf(text: Y.XmlText): string {
	const delta = text.toDelta() as readonly { readonly insert: unknown }[];
	return delta.map(({ insert }) => (typeof insert === 'string' ? insert : '')).join('');
}
