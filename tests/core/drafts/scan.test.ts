import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { leavesGap, scanUpdate, type ScannedUpdate } from '#core/wire/draft-scan.ts';
import { must } from '../../support/must.ts';
import { gappedUpdates, HOSTILE_UPDATES } from '../../support/hostile-updates.ts';

test.each(Object.entries(HOSTILE_UPDATES))('[DRAFT-4] refused without being applied: %s', (_, make) => {
	expect(scanUpdate(make())).toEqual({ ok: false, error: 'update-malformed' });
});

test('[DRAFT-4] a refusal takes no longer than the bytes are long', () => {
	const updates = Object.values(HOSTILE_UPDATES).map((make) => make());
	const start = performance.now();
	for (const update of updates) scanUpdate(update);
	expect(performance.now() - start).toBeLessThan(200);
});

test('[DRAFT-4] whatever three people write, delete and merge passes, and its clocks are what Yjs says', () => {
	fc.assert(
		fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
			const docs = [1, 2, 3].map(() => new Y.Doc());
			for (const { who, at, text } of edits) {
				apply(must(docs[who]), at, text);
				if (at % 3 === 0) for (const other of docs) Y.applyUpdate(other, Y.encodeStateAsUpdate(must(docs[who])));
			}
			for (const doc of docs) {
				const scanned = soundly(Y.encodeStateAsUpdate(doc));
				const clocks = [...scanned.clients].map(([client, { to }]) => [client, to]);
				expect(new Map(clocks as [number, number][])).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
				expect(leavesGap(scanned, () => 0)).toBe(false);
			}
		}),
		{ numRuns: 60 },
	);
});

test('[DRAFT-4] nothing that the scan lets pass makes Yjs throw, cut or flipped as it may be', () => {
	const sound = Y.encodeStateAsUpdate(writtenBy('一二三𬭚😀', { bold: {} }));
	fc.assert(
		fc.property(fc.nat(sound.length), fc.nat(sound.length - 1), fc.nat(255), (end, at, byte) => {
			const update = sound.slice(0, Math.max(end, at + 1));
			update[at] = byte;
			if (!scanUpdate(update).ok) return;
			const doc = new Y.Doc();
			expect(() => Y.applyUpdate(doc, update)).not.toThrow();
			doc.destroy();
		}),
		{ numRuns: 3000 },
	);
});

test('[DRAFT-5] an edit that builds on what is missing leaves a gap, and none once that is there', () => {
	const [missing] = gappedUpdates(1);
	const scanned = soundly(must(missing));
	const [[client] = [0]] = scanned.clients;
	expect(leavesGap(scanned, () => 0)).toBe(true);
	expect(leavesGap(scanned, (of) => (of === client ? 300 : 0))).toBe(false);
});

test('[DRAFT-5] a deletion of what is not there leaves a gap', () => {
	const doc = writtenBy('一二三');
	let deletion = new Uint8Array();
	doc.on('update', (update: Uint8Array) => (deletion = update as Uint8Array<ArrayBuffer>));
	doc.getText('text').delete(0, 2);
	expect(leavesGap(soundly(deletion), () => 0)).toBe(true);
	expect(leavesGap(soundly(deletion), () => 3)).toBe(false);
});

test('[DRAFT-5] what is skipped must be held already', () => {
	const doc = new Y.Doc();
	const updates: Uint8Array[] = [];
	doc.on('update', (update: Uint8Array) => updates.push(update));
	for (const text of ['一', '二', '三']) doc.getText('text').insert(0, text);
	const skipping = soundly(Y.mergeUpdates([must(updates[0]), must(updates[2])]));
	expect(leavesGap(skipping, () => 1)).toBe(true);
	expect(leavesGap(skipping, () => 2)).toBe(false);
});

const edit = fc.record({ who: fc.nat(2), at: fc.nat(50), text: fc.constantFrom('字', '𬭚㛃', 'a\u0000', '', '😀') });

function apply(doc: Y.Doc, at: number, words: string): void {
	const text = doc.getText('text');
	const from = Math.min(at, text.length);
	if (words === '') text.delete(from, Math.min(2, text.length - from));
	else text.insert(from, words, at % 2 === 0 ? { bold: {} } : {});
	doc.getMap('comments').set(String(at % 4), { words, at, deep: [{ a: [1.5, null, true, -3] }] });
}

function writtenBy(words: string, marks: object = {}): Y.Doc {
	const doc = new Y.Doc();
	doc.getText('text').insert(0, words, marks);
	return doc;
}

function soundly(update: Uint8Array): ScannedUpdate {
	const scanned = scanUpdate(update);
	if (!scanned.ok) throw new Error('Refused');
	return scanned.value;
}
