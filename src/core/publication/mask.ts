import type { BlockNode, TextNode } from '../proposals/text.ts';
import { isLatinName, namesIn, type NameSpan } from './names-in.ts';

/** Version of the rules by which names are masked in public (PUB-4). */
export const MASK_VERSION = 1;

/**
 * PUB-4: 张桂兰 → 张*兰, 王伟 → 王*, and a Latin name keeps the first letter of each word. Works on characters, so that
 * rare-name characters outside the basic plane are not torn.
 */
export function maskName(name: string): string {
	const characters = [...name.trim()];
	if (isLatinName(name)) return maskLatin(name);
	if (characters.length <= 1) return '*';
	if (characters.length === 2) return `${characters[0] ?? ''}*`;
	return `${characters[0] ?? ''}${'*'.repeat(characters.length - 2)}${characters.at(-1) ?? ''}`;
}

function maskLatin(name: string): string {
	const words = name.trim().split(/\s+/);
	return words.map((word) => `${word.slice(0, 1)}*`).join(' ');
}

/** PUB-4: one line as the public sees it, every name on the roster masked wherever it stands. */
export function maskWords(text: string, names: readonly string[]): string {
	return pieceOf(text, 0, namesIn(text, names));
}

/** PUB-4: the same for a text, also where a name is partly bold. */
export function maskNamesIn<N extends BlockNode | TextNode>(node: N, names: readonly string[]): N {
	return (node.type === 'text' ? { ...node, text: maskWords(node.text, names) } : maskBlock(node, names)) as N;
}

function maskBlock(block: BlockNode, names: readonly string[]): BlockNode {
	if (!block.content) return block;
	const content = runsOf(block.content).flatMap((run): readonly (BlockNode | TextNode)[] =>
		Array.isArray(run) ? maskRun(run as readonly TextNode[], names) : [maskBlock(run as BlockNode, names)],
	);
	return { ...block, content };
}

/** Neighboring text nodes together, and every other node by itself. */
function runsOf(content: readonly (BlockNode | TextNode)[]): readonly (BlockNode | readonly TextNode[])[] {
	const runs: (BlockNode | TextNode[])[] = [];
	for (const node of content) {
		const last = runs.at(-1);
		if (node.type !== 'text') runs.push(node);
		else if (Array.isArray(last)) last.push(node);
		else runs.push([node]);
	}
	return runs;
}

/** A masked name stands in the node where the name begins; a node that held nothing but its rest is gone. */
function maskRun(run: readonly TextNode[], names: readonly string[]): readonly TextNode[] {
	const spans = namesIn(run.map(({ text }) => text).join(''), names);
	let start = 0;
	const masked = run.map((node) => {
		const text = pieceOf(node.text, start, spans);
		start += node.text.length;
		return { ...node, text };
	});
	return masked.filter(({ text }) => text !== '');
}

/** A piece of a longer text that begins at `offset` there, with the names in it masked. */
function pieceOf(piece: string, offset: number, spans: readonly NameSpan[]): string {
	const end = offset + piece.length;
	let done = offset;
	let masked = '';
	for (const span of spans.filter((one) => one.start < end && one.end > offset)) {
		masked += piece.slice(done - offset, Math.max(span.start, offset) - offset);
		if (span.start >= offset) masked += maskName(span.name);
		done = Math.min(span.end, end);
	}
	return masked + piece.slice(done - offset);
}
