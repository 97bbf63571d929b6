import * as Y from 'yjs';
import type { Change } from '#core/drafts/removals.ts';
import type { RichText } from '#core/proposals/text.ts';
import { DRAFT_ROOTS, scanUpdate } from '#core/wire/draft-scan.ts';
import { readFragment } from './draft-text.ts';
import { applyScanned } from './scanned-updates.ts';

/** A draft's updates played back one after the other, in order of arrival. Forgets nothing, so it can go back. */
export class DraftReplay {
	readonly doc = new Y.Doc({ gc: false });

	play(update: Uint8Array): void {
		applyScanned(this.doc, update, 'replay');
	}

	text(): RichText {
		return readFragment(this.doc.getXmlFragment(DRAFT_ROOTS.text));
	}

	/** The text at a Yjs snapshot; undefined when the bytes are none, or what they name was never played. */
	textAt(snapshot: Uint8Array): RichText | undefined {
		try {
			const then = Y.createDocFromSnapshot(this.doc, Y.decodeSnapshot(snapshot));
			return readFragment(then.getXmlFragment(DRAFT_ROOTS.text));
		} catch {
			return undefined;
		}
	}

	destroy(): void {
		this.doc.destroy();
	}
}

/** How much an update writes and takes away, without applying it. */
export function changeOf(update: Uint8Array): Change {
	const scanned = scanUpdate(update);
	if (!scanned.ok) return { written: 0, removed: 0 };
	const { clients, deletes } = scanned.value;
	const written = [...clients.values()].map(({ after, to }) => to - after);
	const removed = [...deletes.values()].flat().map(([, length]) => length);
	return { written: sum(written), removed: sum(removed) };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
