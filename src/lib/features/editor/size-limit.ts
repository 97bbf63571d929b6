import { Extension } from '@tiptap/core';
import { Plugin, type Transaction } from '@tiptap/pm/state';
import { ySyncPluginKey } from '@tiptap/y-tiptap';

/** What the relay stores of one draft, with room for the edits that follow. In bytes. */
export const MAX_DRAFT_BYTES = 3 * 1024 * 1024;
/** Word puts ten times as much around its words; beyond this only reading it would stop the phone. In characters. */
const LONGEST_MARKUP = 8 * 1024 * 1024;
const MOST_BYTES_OF_A_CHARACTER = 3;

/** Whether what is being pasted would not fit, asked before any of it is read. `held`: bytes of the draft as it is. */
export function isTooLong(data: DataTransfer | null, held: number): boolean {
	const words = data?.getData('text/plain') ?? '';
	const markup = data?.getData('text/html') ?? '';
	return markup.length > LONGEST_MARKUP || bytesOf(words) + held > MAX_DRAFT_BYTES;
}

/** DRAFT-6: whatever way words come in, the draft does not grow beyond what the relay stores. */
export function sizeLimit(refused: () => void): Extension {
	const fits = (transaction: Transaction) => {
		if (!transaction.docChanged || transaction.getMeta(ySyncPluginKey) || hasRoom(transaction)) return true;
		refused();
		return false;
	};
	return Extension.create({
		name: 'sizeLimit',
		addProseMirrorPlugins: () => [new Plugin({ filterTransaction: fits })],
	});
}

function hasRoom({ doc, before }: Transaction): boolean {
	const { size } = doc.content;
	if (size <= before.content.size || size * MOST_BYTES_OF_A_CHARACTER < MAX_DRAFT_BYTES) return true;
	return bytesOf(doc.textContent) < MAX_DRAFT_BYTES;
}

const bytesOf = (words: string): number => new Blob([words]).size;
