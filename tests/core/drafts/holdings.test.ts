import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { DraftHoldings } from '#core/wire/draft-holdings.ts';
import { scanUpdate } from '#core/wire/draft-scan.ts';
import { must } from '../../support/must.ts';
import { gappedUpdates, HOSTILE_UPDATES } from '../../support/hostile-updates.ts';

test('[DRAFT-8] updates one by one, merged, or as one whole come to the same digest and the same state vector', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(20), fc.boolean()), { maxLength: 40 }), (edits) => {
			const { doc, updates } = written(edits);
			const oneByOne = holdingsOf(...updates);
			expect(holdingsOf(Y.encodeStateAsUpdate(doc)).digest()).toBe(oneByOne.digest());
			if (updates.length > 0) expect(holdingsOf(Y.mergeUpdates(updates)).digest()).toBe(oneByOne.digest());
			expect(holdingsOf(...updates, ...updates).digest()).toBe(oneByOne.digest());
			expect(Y.decodeStateVector(oneByOne.vector())).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
		}),
		{ numRuns: 60 },
	);
});

test('[LINK-5] an update is news exactly if it changes the digest, in whatever order it comes', () => {
	fc.assert(
		fc.property(fc.array(fc.tuple(fc.nat(2), fc.nat(20), fc.boolean()), { maxLength: 30 }), fc.nat(), (edits, turn) => {
			const { doc, updates } = written(edits);
			const holdings = new DraftHoldings();
			const again = [...updates, Y.encodeStateAsUpdate(doc), ...updates.slice(turn % (updates.length + 1))];
			for (const update of again) {
				const scanned = scanUpdate(update);
				const isNews = scanned.ok && holdings.lacks(scanned.value);
				const before = holdings.digest();
				expect(holdings.take(update)).toBe(true);
				expect(holdings.digest() !== before).toBe(isNews);
			}
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

/** Three people write and delete: `[who, where, whether it is a deletion]`. */
function written(edits: readonly (readonly [number, number, boolean])[]) {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const [who, wanted, isDeletion] of edits) {
		doc.clientID = who + 1;
		const text = doc.getText('text');
		const at = Math.min(wanted, text.length);
		if (isDeletion) text.delete(at, Math.min(3, text.length - at));
		else text.insert(at, '二字');
	}
	return { doc, updates };
}
