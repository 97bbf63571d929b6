import { Editor, type Extensions } from '@tiptap/core';
import Collaboration from '@tiptap/extension-collaboration';
import CollaborationCaret from '@tiptap/extension-collaboration-caret';
import StarterKit from '@tiptap/starter-kit';
import type { RecordId } from '#core/kernel/ids.ts';
import type { RichText } from '#core/proposals/text.ts';
import { accessTo } from '#core/roster/permissions.ts';
import type { DraftKind } from '#core/wire/rooms.ts';
import { Draft, TEXT_FIELD } from '#lib/session/draft.svelte.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';
import { drawCaret, drawSelection, othersIn, writer } from './carets.ts';
import type { DraftAccess } from './draft-access.ts';

/** What the relay stores of one draft, with room for the edits that follow. */
const MAX_DRAFT_BYTES = 3 * 1024 * 1024;

export const TOOLS = ['heading', 'subheading', 'bold', 'emphasis', 'bullets', 'numbers'] as const;
export type Tool = (typeof TOOLS)[number];

interface Opening {
	readonly workspace: Workspace;
	readonly kind: DraftKind;
	readonly owner: RecordId;
	readonly element: HTMLElement;
	readonly label: string;
}

/** Opens a draft for writing together. Resolves when it is loaded from this device; the network comes by itself. */
export async function openDraft(opening: Opening): Promise<OpenDraft> {
	const draft = await Draft.open(opening.workspace, opening.kind, opening.owner);
	return new OpenDraft(draft, opening);
}

/** One draft in one editor. Loads Tiptap and Yjs, so it is imported only when a draft is on screen. */
export class OpenDraft {
	readonly editable: boolean;
	/** Which tools are on at the caret. */
	active: readonly Tool[] = $state.raw([]);
	isEmpty = $state(true);
	mayUndo = $state(false);
	/** Names of the others who have it open. */
	others: readonly string[] = $state.raw([]);
	/** The last paste was too long and did not happen. */
	tooLong = $state(false);
	readonly #draft: Draft;
	readonly #editor: Editor;
	readonly #stopWatching: () => void;

	constructor(draft: Draft, { workspace, kind, element, label }: Opening) {
		const me = workspace.me ?? '';
		this.#draft = draft;
		this.editable = workspace.role !== undefined && accessTo(kind, workspace.role) === 'write';
		this.#editor = new Editor({
			element,
			injectCSS: false,
			editable: this.editable,
			extensions: extensionsFor(draft, writer(workspace.nameOf(workspace.me), me)),
			editorProps: {
				attributes: { role: 'textbox', 'aria-multiline': 'true', 'aria-label': label },
				// Tab leaves the text, as everywhere else on the page.
				handleDOMEvents: { keydown: (_, event) => event.key === 'Tab' },
				handlePaste: (_, event) => this.#refuseLong(event.clipboardData),
				handleDrop: (_, event, __, moved) => !moved && this.#refuseLong(event.dataTransfer),
			},
			onTransaction: ({ editor }) => afterwards(() => this.#note(editor)),
		});
		this.#note(this.#editor);
		const watchPeople = () => afterwards(() => (this.others = othersIn(draft.awareness, me)));
		draft.awareness.on('change', watchPeople);
		this.#stopWatching = () => draft.awareness.off('change', watchPeople);
	}

	/** Reads at the moment of asking, so the text that is frozen is the text on screen. */
	access(): DraftAccess {
		const [editor, draft] = [this.#editor, this.#draft];
		return {
			get json() {
				return editor.getJSON() as unknown;
			},
			get snapshot() {
				return draft.document.snapshotHash();
			},
			get isEmpty() {
				return isBlank(editor);
			},
		};
	}

	use(tool: Tool): void {
		const chain = this.#editor.chain().focus();
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

	/** Takes back own edits only, never those of others. */
	undo(): void {
		this.#editor.chain().focus().undo().run();
	}

	/** Fills a draft that is still empty; whoever wrote in the meantime is not overwritten. */
	fill(blocks: RichText): void {
		if (!isBlank(this.#editor)) return;
		this.#editor.commands.setContent(blocks as Parameters<Editor['commands']['setContent']>[0]);
		this.#editor.commands.focus('end');
	}

	close(): void {
		this.#stopWatching();
		this.#editor.destroy();
		this.#draft.close();
	}

	#note(editor: Editor): void {
		if (editor.isDestroyed) return;
		const on: Readonly<Record<Tool, boolean>> = {
			heading: editor.isActive('heading', { level: 2 }),
			subheading: editor.isActive('heading', { level: 3 }),
			bold: editor.isActive('bold'),
			emphasis: editor.isActive('italic'),
			bullets: editor.isActive('bulletList'),
			numbers: editor.isActive('orderedList'),
		};
		this.active = TOOLS.filter((tool) => on[tool]);
		this.isEmpty = isBlank(editor);
		this.mayUndo = editor.can().undo();
	}

	#refuseLong(data: DataTransfer | null): boolean {
		const pasted = new Blob([data?.getData('text/plain') ?? '']).size;
		this.tooLong = pasted + this.#draft.document.merged().length > MAX_DRAFT_BYTES;
		return this.tooLong;
	}
}

/**
 * An editor that leaves the page loses its focus, and tells so at once: in the middle of Svelte's taking down, where no
 * state may change.
 */
const afterwards = (tell: () => void): void => queueMicrotask(tell);

const isBlank = (editor: Editor): boolean => editor.state.doc.textContent.trim() === '';

/** Only what `core/proposals/text.ts` knows: an unknown node could be written but never frozen. */
function extensionsFor(draft: Draft, user: ReturnType<typeof writer>): Extensions {
	return [
		StarterKit.configure({
			undoRedo: false,
			...{ blockquote: false, code: false, codeBlock: false, horizontalRule: false, link: false },
			// A trailing paragraph of its own would be an edit by everybody who merely looks.
			...{ strike: false, underline: false, dropcursor: false, gapcursor: false, trailingNode: false },
			heading: { levels: [2, 3] },
		}),
		Collaboration.configure({ document: draft.document.doc, field: TEXT_FIELD }),
		CollaborationCaret.configure({
			provider: { awareness: draft.awareness },
			user,
			render: drawCaret,
			selectionRender: drawSelection,
		}),
	];
}
