import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { labelledHash } from '#core/kernel/ids.ts';
import type { RichText } from '#core/proposals/text.ts';
import { DRAFT_ROOTS } from '#core/wire/draft-scan.ts';
import { readFragment, replaceFragment } from './draft-text.ts';

export type { Awareness };

/** The XML fragment in which the editor keeps the text. */
export const TEXT_FIELD = DRAFT_ROOTS.text;
/** The origin of updates that were read from this device's disk. */
const FROM_STORE = Symbol('store');
const RESTORING = Symbol('restoring');

/** Several updates as one that says the same, what was deleted since then included. */
export const mergeUpdates = (updates: Uint8Array[]): Uint8Array => Y.mergeUpdates(updates);

/** One draft as a Yjs document. The editor works on `doc`; everybody else deals in texts and bytes. */
export class DraftDocument {
	readonly doc = new Y.Doc();
	/** Who else has it on screen, and where. */
	readonly awareness = new Awareness(this.doc);

	/** Calls back for every change that did not come from `applyStored`, with the origin Yjs gives it. */
	onUpdate(listener: (update: Uint8Array, origin: unknown) => void): void {
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== FROM_STORE) listener(update, origin);
		});
	}

	applyStored(update: Uint8Array): void {
		Y.applyUpdate(this.doc, update, FROM_STORE);
	}

	text(): RichText {
		return readFragment(this.#fragment);
	}

	/** VERSION-3: puts an earlier text in the place of this one, in one step that is undone by calling the answer. */
	restore(text: RichText): () => void {
		const undoing = new Y.UndoManager(this.#fragment, { trackedOrigins: new Set([RESTORING]) });
		this.doc.transact(() => replaceFragment(this.#fragment, text), RESTORING);
		return () => undoing.undo();
	}

	/** Everything in one update. */
	merged(): Uint8Array {
		return Y.encodeStateAsUpdate(this.doc);
	}

	/** The draft as it is now, deletions included, in few bytes. */
	snapshot(): Uint8Array {
		return Y.encodeSnapshot(Y.snapshot(this.doc));
	}

	/** Says which text was frozen: covers deletions too, unlike a state vector. */
	snapshotHash(): string {
		return labelledHash('council-corner/snapshot/1', this.snapshot());
	}

	destroy(): void {
		this.doc.destroy();
	}

	get #fragment(): Y.XmlFragment {
		return this.doc.getXmlFragment(TEXT_FIELD);
	}
}
