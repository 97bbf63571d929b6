import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { maySayMore, readVector } from '#core/wire/draft-vector.ts';

/** A draft in which two have written, and one has deleted. */
function draft(words: readonly string[]): Y.Doc {
	const doc = new Y.Doc();
	for (const word of words) doc.getText('text').insert(0, word);
	return doc;
}

test('[FACE-7] a state vector is read as Yjs writes it', () => {
	fc.assert(
		fc.property(fc.array(fc.string({ minLength: 1 }), { maxLength: 5 }), (words) => {
			const doc = draft(words);
			expect(readVector(Y.encodeStateVector(doc))).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
		}),
	);
});

test.each([[[]], [[200]], [[1, 5]], [[0, 0]]])('[FACE-7] bytes that are no vector are told: %j', (bytes) => {
	expect(readVector(Uint8Array.from(bytes))).toBeUndefined();
});

test('[FACE-7] only an update that may say more is given', () => {
	const doc = draft(['一', '二']);
	const update = Y.encodeStateAsUpdate(doc);
	const held = readVector(Y.encodeStateVector(doc)) ?? new Map<number, number>();
	expect(maySayMore(update, held)).toBe(false);
	expect(maySayMore(update, new Map())).toBe(true);
	doc.getText('text').delete(0, 1);
	// What is deleted, the vector does not tell.
	expect(maySayMore(Y.encodeStateAsUpdate(doc), held)).toBe(true);
	expect(maySayMore(Uint8Array.of(1, 255, 255), new Map())).toBe(false);
});
