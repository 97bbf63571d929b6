import { mentionsIn, type Mentionable } from '#core/drafts/mentions.ts';
import { toHex } from '#core/kernel/ids.ts';
import { now } from '#lib/adapters/clock.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import {
	addComment,
	readComments,
	removeComment,
	resolveComment,
	watchComments,
	type Anchor,
	type DraftComment,
} from '#lib/adapters/yjs/draft-comments.ts';
import type { Draft } from './draft.svelte.ts';
import type { Workspace } from '../workspace.svelte.ts';

export type { Anchor, DraftComment } from '#lib/adapters/yjs/draft-comments.ts';

/** The words a comment is about. */
export interface Quoted {
	readonly quote: string;
	readonly anchor: Anchor;
}

/** What people say about one draft. It lies in the draft itself, and travels and waits offline with it. */
export class DraftComments {
	/** Oldest first. */
	all: readonly DraftComment[] = $state.raw([]);
	readonly open: number = $derived(this.all.filter(({ resolved, removed }) => !resolved && !removed).length);
	readonly #workspace: Workspace;
	readonly #draft: Draft;
	readonly #stop: () => void;

	constructor(workspace: Workspace, draft: Draft) {
		this.#workspace = workspace;
		this.#draft = draft;
		const read = () => (this.all = readComments(draft.document.doc));
		this.#stop = watchComments(draft.document.doc, read);
		read();
	}

	/** Members who can be called by name. */
	get people(): readonly Mentionable[] {
		const { roster } = this.#workspace.state;
		return [...roster.members.keys()].map((member) => ({ member, name: this.#workspace.nameOf(member) }));
	}

	add(text: string, quoted: Quoted | undefined): void {
		const { me } = this.#workspace;
		if (!me) return;
		addComment(this.#draft.document.doc, toHex(randomBytes(8)), {
			...{ text, by: me, at: now(), mentions: mentionsIn(text, this.people) },
			...{ quote: quoted?.quote ?? '', anchor: quoted?.anchor },
		});
	}

	resolve({ id }: DraftComment, resolved: boolean): void {
		resolveComment(this.#draft.document.doc, id, resolved);
	}

	/** Takes back what one has said oneself. */
	remove({ id, by }: DraftComment): void {
		if (by === this.#workspace.me) removeComment(this.#draft.document.doc, id);
	}

	close(): void {
		this.#stop();
	}
}
