import type { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { labelledHash } from '#core/kernel/ids.ts';

export type { Awareness };

/** The XML fragment in which the editor keeps the text. */
export const TEXT_FIELD = 'text';
/** The origin of updates that were read from this device's disk. */
const FROM_STORE = Symbol('store');

/** One draft as a Yjs document. The editor works on `doc`; everybody else deals in bytes. */
export class DraftDocument {
	readonly doc = new Y.Doc();

	/** Calls back for every change that did not come from `applyStored`, with the origin Yjs gives it. */
	onUpdate(listener: (update: Uint8Array, origin: unknown) => void): void {
		this.doc.on('update', (update: Uint8Array, origin: unknown) => {
			if (origin !== FROM_STORE) listener(update, origin);
		});
	}

	applyStored(update: Uint8Array): void {
		Y.applyUpdate(this.doc, update, FROM_STORE);
	}

	/** Everything in one update. */
	merged(): Uint8Array {
		return Y.encodeStateAsUpdate(this.doc);
	}

	/** Says which text was frozen: covers deletions too, unlike a state vector. */
	snapshotHash(): string {
		return labelledHash('council-corner/snapshot/1', Y.encodeSnapshot(Y.snapshot(this.doc)));
	}

	destroy(): void {
		this.doc.destroy();
	}
}
