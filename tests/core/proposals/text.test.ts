import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '#core/kernel/ids.ts';
import { encodeTextBlob } from '#core/ledger/blobs.ts';
import { freezeText, isEmptyText, joinSections, plainText, readText, section, textOf } from '#core/proposals/text.ts';
import { must } from '../../support/must.ts';

const bytesOf = (json: unknown) => {
	const frozen = freezeText(json);
	return frozen.ok ? toHex(frozen.value) : frozen.error;
};
const doc = (...content: unknown[]) => ({ type: 'doc', content });
const paragraph = (text: string, more = {}) => ({ type: 'paragraph', content: [{ type: 'text', text }], ...more });

const words = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 });

test('[TEXT-1] a frozen text is read back as it was written', () => {
	const property = fc.property(fc.array(words, { maxLength: 8 }), (paragraphs) => {
		const frozen = freezeText(textOf(...paragraphs));
		expect(frozen.ok && readText(frozen.value)).toEqual(textOf(...paragraphs));
	});
	fc.assert(property, { numRuns: 500 });
});

test('[TEXT-1] equal texts are equal bytes, whatever the order of keys and whatever an editor adds', () => {
	const plain = bytesOf(doc(paragraph('加装电梯')));
	expect(
		bytesOf({ content: [{ content: [{ text: '加装电梯', type: 'text' }], type: 'paragraph' }], type: 'doc' }),
	).toBe(plain);
	expect(bytesOf(doc(paragraph('加装电梯', { attrs: { textAlign: null, id: 'x7' } })))).toBe(plain);
	expect(bytesOf(doc(paragraph('加装电梯', { attrs: {} })))).toBe(plain);
	expect(bytesOf(doc(paragraph('加装电梯', { attrs: null, marks: undefined })))).toBe(plain);
	expect(bytesOf(doc(paragraph('加装 电梯')))).not.toBe(plain);
});

test('[TEXT-1] the level of a heading and the start of a list stay', () => {
	const heading = (level: number) =>
		doc({ type: 'heading', attrs: { level, id: 'x' }, content: [{ type: 'text', text: '一' }] });
	expect(bytesOf(heading(1))).not.toBe(bytesOf(heading(2)));
	expect(bytesOf(doc({ type: 'orderedList', attrs: { start: 3, type: null } }))).not.toBe(
		bytesOf(doc({ type: 'orderedList' })),
	);
});

test.each<[string, unknown]>([
	['an image', doc({ type: 'image', attrs: { src: 'https://example.org' } })],
	[
		'a link',
		doc({
			type: 'paragraph',
			content: [{ type: 'text', text: '看', marks: [{ type: 'link', attrs: { href: 'x' } }] }],
		}),
	],
	['a node with more than it may have', doc(paragraph('一', { style: 'red' }))],
	['empty text', doc({ type: 'paragraph', content: [{ type: 'text', text: '' }] })],
	['a paragraph alone', paragraph('一')],
	['nothing', undefined],
	['a word', '一'],
	['a list', [doc()]],
	['a prototype', JSON.parse('{"type":"doc","__proto__":{"content":[]}}')],
])('[TEXT-1] refuses %s', (_case, json) => {
	expect(freezeText(json)).toEqual({ ok: false, error: 'text-invalid' });
});

test('[TEXT-1] nesting has an end', () => {
	const nested = (depth: number): unknown =>
		depth === 0 ? paragraph('一') : { type: 'listItem', content: [nested(depth - 1)] };
	expect(freezeText(doc(nested(8))).ok).toBe(true);
	expect(freezeText(doc(nested(40))).ok).toBe(false);
});

test('[TEXT-1] a blob that is no text of ours is not shown as one', () => {
	const blobs = ['', '{', '[]', '{"type":"paragraph"}', '"一"'].map(encodeTextBlob);
	expect([...blobs, Uint8Array.of(1), undefined].map(readText)).toEqual(Array(7).fill(undefined));
});

test('[TEXT-1] its words can be read without its form', () => {
	const text = joinSections(section('为什么', '没有电梯', ''), section('怎么办', '加装'));
	expect(plainText(text)).toBe('为什么\n没有电梯\n怎么办\n加装');
	expect(isEmptyText(textOf('', ' '))).toBe(true);
	expect(isEmptyText(must(readText(encodeTextBlob(JSON.stringify(text)))))).toBe(false);
});
