import * as v from 'valibot';
import { encodeTextBlob, decodeTextBlob } from '../ledger/blobs.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** The rich text this product knows: ProseMirror JSON of a few nodes, and bold and italic. */
export interface TextNode {
	readonly type: 'text';
	readonly text: string;
	readonly marks?: readonly { readonly type: 'bold' | 'italic' }[];
}
export interface BlockNode {
	readonly type: 'doc' | 'paragraph' | 'heading' | 'bulletList' | 'orderedList' | 'listItem' | 'hardBreak';
	readonly attrs?: { readonly level?: number; readonly start?: number };
	readonly content?: readonly (BlockNode | TextNode)[];
}
export type RichText = BlockNode & { readonly type: 'doc' };

const MAX_CHARACTERS = 1024 * 1024;
const MAX_DEPTH = 12;

const mark = v.strictObject({ type: v.picklist(['bold', 'italic']) });
const textNode = v.strictObject({
	type: v.literal('text'),
	text: v.pipe(v.string(), v.minLength(1)),
	marks: v.exactOptional(v.pipe(v.array(mark), v.maxLength(2))),
});

function blockNode(depth: number): v.GenericSchema<unknown, BlockNode> {
	const child: v.GenericSchema<unknown, BlockNode | TextNode> =
		depth === 0 ? textNode : v.lazy(() => v.union([textNode, blockNode(depth - 1)]));
	return v.strictObject({
		type: v.picklist(['doc', 'paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'hardBreak']),
		attrs: v.exactOptional(v.strictObject({ level: v.exactOptional(v.number()), start: v.exactOptional(v.number()) })),
		content: v.exactOptional(v.array(child)),
	});
}

export const richText = v.pipe(
	blockNode(MAX_DEPTH),
	v.check((node) => node.type === 'doc'),
	v.transform((node) => node as RichText),
);

/** TEXT-1: keeps the nodes this product knows and nothing else, with keys sorted, so that equal texts are equal bytes. */
export function freezeText(editorJson: unknown): Result<Uint8Array, 'text-invalid'> {
	const parsed = v.safeParse(richText, dropUnknown(editorJson));
	return parsed.success ? ok(encodeTextBlob(canonicalJson(parsed.output))) : err('text-invalid');
}

/** undefined when the blob is not held or is no text of ours. */
export function readText(blob: Uint8Array | undefined): RichText | undefined {
	const json = decodeTextBlob(blob);
	const parsed = v.safeParse(v.pipe(v.string(), v.maxLength(MAX_CHARACTERS), v.parseJson(), richText), json);
	return parsed.success ? parsed.output : undefined;
}

/** The words alone, one line a block. */
export function plainText(node: BlockNode | TextNode): string {
	if (node.type === 'text') return node.text;
	const inner = (node.content ?? []).map(plainText);
	const isInline = node.type === 'paragraph' || node.type === 'heading';
	return inner.filter((part) => part !== '').join(isInline ? '' : '\n');
}

export const isEmptyText = (text: RichText): boolean => plainText(text).trim() === '';

/** Plain paragraphs as a rich text. */
export function textOf(...paragraphs: readonly string[]): RichText {
	const block = (text: string): BlockNode =>
		text === '' ? { type: 'paragraph' } : { type: 'paragraph', content: [{ type: 'text', text }] };
	return { type: 'doc', content: paragraphs.map(block) };
}

/** A heading followed by paragraphs. */
export function section(heading: string, ...paragraphs: readonly string[]): readonly BlockNode[] {
	const title: BlockNode = { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: heading }] };
	return [title, ...((textOf(...paragraphs).content ?? []) as readonly BlockNode[])];
}

export const joinSections = (...sections: readonly (readonly BlockNode[])[]): RichText => ({
	type: 'doc',
	content: sections.flat(),
});

/** An editor adds attributes of its own (null alignments, ids); what we do not know does not enter a decision. */
function dropUnknown(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(dropUnknown);
	if (value === null || typeof value !== 'object') return value;
	const said = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
	const known = said.map(([key, item]) => [key, key === 'attrs' ? knownAttributes(item) : dropUnknown(item)] as const);
	return Object.fromEntries(known.filter(([key, item]) => key !== 'attrs' || item !== undefined));
}

function knownAttributes(attributes: unknown): unknown {
	const entries = Object.entries(attributes as object);
	const known = entries.filter(([key, item]) => ['level', 'start'].includes(key) && item !== null);
	return known.length === 0 ? undefined : Object.fromEntries(known);
}

function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value);
	const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}
