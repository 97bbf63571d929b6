import { Editor } from '@tiptap/core';
import type { RecordId } from '#core/kernel/ids.ts';
import type { RichText } from '#core/proposals/text.ts';
import { accessTo } from '#core/roster/permissions.ts';
import type { DraftKind } from '#core/wire/rooms.ts';
import { Draft } from '#lib/session/drafts/draft.svelte.ts';
import { DraftComments, type DraftComment, type Quoted } from '#lib/session/drafts/draft-comments.svelte.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';
import { othersIn, writer } from './carets.ts';
import type { DraftAccess } from './draft-access.ts';
import { extensionsFor } from './extensions.ts';
import { quoteSelection, showAnchor } from './quoting.ts';
import { isTooLong, sizeLimit } from './size-limit.ts';
import { toolsAtCaret, useTool, type Tool } from './tools.ts';

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
	/** The last thing that was to come in was too long and did not. */
	tooLong = $state(false);
	/** The words that are selected. */
	quoted: Quoted | undefined = $state.raw();
	readonly comments: DraftComments;
	readonly #draft: Draft;
	readonly #editor: Editor;
	readonly #stopWatching: () => void;

	constructor(draft: Draft, { workspace, kind, element, label }: Opening) {
		const me = workspace.me ?? '';
		this.#draft = draft;
		this.comments = new DraftComments(workspace, draft);
		this.editable = workspace.role !== undefined && accessTo(kind, workspace.role) === 'write';
		this.#editor = new Editor({
			element,
			injectCSS: false,
			editable: this.editable,
			extensions: [
				...extensionsFor(draft, writer(workspace.nameOf(workspace.me), me)),
				sizeLimit(() => afterwards(() => (this.tooLong = true))),
			],
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
		useTool(this.#editor, tool);
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

	/** DEV-2: while the disk takes nothing, nothing more is written that might be lost. */
	pause(paused: boolean): void {
		this.#editor.setEditable(this.editable && !paused, false);
	}

	/** Comments on the words that are selected, or on the whole; then nothing is selected any more. */
	say(text: string): void {
		this.comments.add(text, this.quoted);
		this.#editor.commands.setTextSelection(this.#editor.state.selection.to);
	}

	/** Answers false when the words a comment is about are gone. */
	show({ anchor }: DraftComment): boolean {
		return anchor !== undefined && showAnchor(this.#editor, anchor);
	}

	close(): void {
		this.#stopWatching();
		this.comments.close();
		this.#editor.destroy();
		this.#draft.close();
	}

	#note(editor: Editor): void {
		if (editor.isDestroyed) return;
		this.active = toolsAtCaret(editor);
		this.isEmpty = isBlank(editor);
		this.mayUndo = editor.can().undo();
		this.quoted = quoteSelection(editor);
	}

	#refuseLong(data: DataTransfer | null): boolean {
		this.tooLong = isTooLong(data, this.#draft.document.merged().length);
		return this.tooLong;
	}
}

/**
 * An editor that leaves the page loses its focus, and tells so at once: in the middle of Svelte's taking down, where no
 * state may change.
 */
const afterwards = (tell: () => void): void => queueMicrotask(tell);

const isBlank = (editor: Editor): boolean => editor.state.doc.textContent.trim() === '';
