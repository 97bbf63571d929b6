/** The part of ProseMirror's JSON that is shown; anything else falls back to its text. */
export interface RichTextNode {
	readonly type: string;
	readonly text?: string;
	readonly attrs?: Readonly<Record<string, unknown>>;
	readonly marks?: readonly { readonly type: string }[];
	readonly content?: readonly RichTextNode[];
}

export function headingLevel(node: RichTextNode, top: number): string {
	const level = typeof node.attrs?.['level'] === 'number' ? node.attrs['level'] : 1;
	return `h${Math.min(6, Math.max(1, Math.trunc(level) - 1 + top))}`;
}

export function listStart(node: RichTextNode): number {
	return typeof node.attrs?.['start'] === 'number' ? node.attrs['start'] : 1;
}

export function hasMark(node: RichTextNode, type: string): boolean {
	return node.marks?.some((mark) => mark.type === type) ?? false;
}
