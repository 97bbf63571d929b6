import * as Y from 'yjs';
import { plainText, richText, textOf, type BlockNode, type RichText, type TextNode } from '#core/proposals/text.ts';
import * as v from 'valibot';

const BLOCKS: readonly string[] = ['paragraph', 'heading', 'bulletList', 'orderedList', 'listItem', 'hardBreak'];
const MARKS = ['bold', 'italic'] as const;
const DEEPEST = 12;

/** The text of a draft as the editor would show it; whatever is no text of ours is left out. */
export function readFragment(fragment: Y.XmlFragment): RichText {
	const parsed = v.safeParse(richText, { type: 'doc', content: childrenOf(fragment, DEEPEST) });
	return parsed.success ? parsed.output : textOf('');
}

/** Puts a text in the place of what is there. Call it in one transaction. */
export function replaceFragment(fragment: Y.XmlFragment, text: RichText): void {
	fragment.delete(0, fragment.length);
	fragment.insert(0, (text.content ?? []).filter(isBlock).map(elementOf));
}

/** Whether somebody would call it empty. */
export const isBlankText = (text: RichText): boolean => plainText(text).trim() === '';

function childrenOf(parent: Y.XmlFragment, depth: number): readonly (BlockNode | TextNode)[] {
	if (depth === 0) return [];
	return parent.toArray().flatMap((child: unknown): readonly (BlockNode | TextNode)[] => {
		if (child instanceof Y.XmlText) return textNodes(child);
		return child instanceof Y.XmlElement && BLOCKS.includes(child.nodeName) ? [blockOf(child, depth)] : [];
	});
}

function blockOf(element: Y.XmlElement, depth: number): BlockNode {
	const type = element.nodeName as BlockNode['type'];
	const attrs = attributesOf(element, type);
	const content = childrenOf(element, depth - 1);
	return { type, ...(attrs ? { attrs } : {}), ...(content.length > 0 ? { content } : {}) };
}

function attributesOf(element: Y.XmlElement, type: string): BlockNode['attrs'] {
	const number = (name: string) => Number(element.getAttribute(name));
	if (type === 'heading') return { level: number('level') === 3 ? 3 : 2 };
	return type === 'orderedList' && number('start') > 1 ? { start: number('start') } : undefined;
}

function textNodes(text: Y.XmlText): readonly TextNode[] {
	const delta = text.toDelta() as readonly { readonly insert?: unknown; readonly attributes?: object }[];
	return delta.flatMap(({ insert, attributes = {} }) => {
		if (typeof insert !== 'string' || insert === '') return [];
		const marks = MARKS.filter((mark) => Object.hasOwn(attributes, mark)).map((type) => ({ type }));
		return [{ type: 'text' as const, text: insert, ...(marks.length > 0 ? { marks } : {}) }];
	});
}

function elementOf(node: BlockNode): Y.XmlElement {
	const element = new Y.XmlElement(node.type);
	// y-prosemirror writes numbers, which the type of the method does not know.
	for (const [name, value] of Object.entries(node.attrs ?? {})) element.setAttribute(name, value as unknown as string);
	element.insert(0, contentOf(node.content ?? []));
	return element;
}

/** As the editor writes it: texts that follow one another are one text with marks. */
function contentOf(nodes: readonly (BlockNode | TextNode)[]): (Y.XmlElement | Y.XmlText)[] {
	const content: (Y.XmlElement | Y.XmlText)[] = [];
	let run: TextNode[] = [];
	const endRun = () => {
		if (run.length > 0) content.push(textElement(run));
		run = [];
	};
	for (const node of nodes) {
		if (!isBlock(node)) run.push(node);
		else {
			endRun();
			content.push(elementOf(node));
		}
	}
	endRun();
	return content;
}

function textElement(run: readonly TextNode[]): Y.XmlText {
	const text = new Y.XmlText();
	const marksOf = (node: TextNode) => Object.fromEntries((node.marks ?? []).map(({ type }) => [type, {}]));
	text.applyDelta(run.map((node) => ({ insert: node.text, attributes: marksOf(node) })));
	return text;
}

const isBlock = (node: BlockNode | TextNode): node is BlockNode => node.type !== 'text';
