import type { BlockNode, TextNode } from '../proposals/text.ts';

/** Version of the rules by which names are masked in public (PUB-4). */
export const MASK_VERSION = 1;

/**
 * PUB-4: 张桂兰 → 张*兰, 王伟 → 王*, and a Latin name keeps the first letter of each word. Works on characters, so that
 * rare-name characters outside the basic plane are not torn.
 */
export function maskName(name: string): string {
	const characters = [...name.trim()];
	if (/^[\p{Script=Latin}\s'.-]+$/u.test(name)) return maskLatin(name);
	if (characters.length <= 1) return '*';
	if (characters.length === 2) return `${characters[0] ?? ''}*`;
	return `${characters[0] ?? ''}${'*'.repeat(characters.length - 2)}${characters.at(-1) ?? ''}`;
}

function maskLatin(name: string): string {
	const words = name.trim().split(/\s+/);
	return words.map((word) => `${word.slice(0, 1)}*`).join(' ');
}

/**
 * PUB-4: a text as the public sees it, every name on the roster masked wherever it stands. Longer names first, so that
 * a short name inside a longer one does not spoil it. Names of one character would mask half the text and are left.
 */
export function maskNamesIn<N extends BlockNode | TextNode>(node: N, names: readonly string[]): N {
	const longestFirst = [...new Set(names)].filter((name) => [...name].length > 1).sort((a, b) => b.length - a.length);
	return maskNode(node, longestFirst) as N;
}

function maskNode(node: BlockNode | TextNode, names: readonly string[]): BlockNode | TextNode {
	if (node.type === 'text') return { ...node, text: maskWords(node.text, names) };
	if (!node.content) return node;
	return { ...node, content: node.content.map((child) => maskNode(child, names)) };
}

function maskWords(text: string, names: readonly string[]): string {
	return names.reduce((masked, name) => masked.replaceAll(name, maskName(name)), text);
}
