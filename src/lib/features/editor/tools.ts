import type { Editor } from '@tiptap/core';

export const TOOLS = ['heading', 'subheading', 'bold', 'emphasis', 'bullets', 'numbers'] as const;
export type Tool = (typeof TOOLS)[number];

export function useTool(editor: Editor, tool: Tool): void {
	const chain = editor.chain().focus();
	const steps: Readonly<Record<Tool, () => typeof chain>> = {
		heading: () => chain.toggleHeading({ level: 2 }),
		subheading: () => chain.toggleHeading({ level: 3 }),
		bold: () => chain.toggleBold(),
		emphasis: () => chain.toggleItalic(),
		bullets: () => chain.toggleBulletList(),
		numbers: () => chain.toggleOrderedList(),
	};
	steps[tool]().run();
}

export function toolsAtCaret(editor: Editor): readonly Tool[] {
	const on: Readonly<Record<Tool, boolean>> = {
		heading: editor.isActive('heading', { level: 2 }),
		subheading: editor.isActive('heading', { level: 3 }),
		bold: editor.isActive('bold'),
		emphasis: editor.isActive('italic'),
		bullets: editor.isActive('bulletList'),
		numbers: editor.isActive('orderedList'),
	};
	return TOOLS.filter((tool) => on[tool]);
}
