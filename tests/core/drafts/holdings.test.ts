import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { DraftHoldings } from '#core/wire/draft-holdings.ts';
import { must } from '../../support/must.ts';
import { gappedUpdates, HOSTILE_UPDATES } from '../../support/hostile-updates.ts';

test('[DRAFT-8] updates one by one, merged, or as one whole come to the same digest and the same state vector', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(20), fc.boolean()), { maxLength: 40 }), (edits) => {
			const doc = new Y.Doc();
			const updates: Uint8Array[] = [];
			doc.on('update', (update: Uint8Array) => updates.push(update));
			for (const [who, at, isDeletion] of edits) {
				doc.clientID = who + 1;
				const text = doc.getText('text');
				if (isDeletion) text.delete(Math.min(at, text.length), Math.min(3, text.length - Math.min(at, text.length)));
				else text.insert(Math.min(at, text.length), '二字');
			}
			const oneByOne = holdingsOf(...updates);
			expect(holdingsOf(Y.encodeStateAsUpdate(doc)).digest()).toBe(oneByOne.digest());
			if (updates.length > 0) expect(holdingsOf(Y.mergeUpdates(updates)).digest()).toBe(oneByOne.digest());
			expect(holdingsOf(...updates, ...updates).digest()).toBe(oneByOne.digest());
			expect(Y.decodeStateVector(oneByOne.vector())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
		}),
		{ numRuns: 60 },
	);
});

test('[DRAFT-8] a letter more, or only a letter deleted, is another digest', () => {
	const doc = new Y.Doc();
	const digests = [holdingsOf().digest()];
	const text = doc.getText('text');
	for (const edit of [
		() => text.insert(0, '一二三'),
		() => text.delete(1, 1),
		() => text.insert(0, '零'),
		() => text.delete(2, 1),
	]) {
		edit();
		digests.push(holdingsOf(Y.encodeStateAsUpdate(doc)).digest());
	}
	expect(new Set(digests).size).toBe(5);
});

test('[DRAFT-8] what is hostile or hangs in the air is not taken', () => {
	const holdings = new DraftHoldings();
	for (const make of Object.values(HOSTILE_UPDATES)) expect(holdings.take(make())).toBe(false);
	expect(holdings.take(must(gappedUpdates(1)[0]))).toBe(false);
	expect(holdings.digest()).toBe(new DraftHoldings().digest());
});

function holdingsOf(...updates: readonly Uint8Array[]): DraftHoldings {
	const holdings = new DraftHoldings();
	for (const update of updates) holdings.take(update);
	return holdings;
}
