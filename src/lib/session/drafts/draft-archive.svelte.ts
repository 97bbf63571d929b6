import { toHex, type DeviceKey, type MemberId, type RecordId } from '#core/kernel/ids.ts';
import { plainText, type RichText } from '#core/proposals/text.ts';
import { accessTo } from '#core/roster/permissions.ts';
import { deviceOf } from '#core/roster/selectors.ts';
import type { DraftKind } from '#core/wire/rooms.ts';
import { now } from '#lib/adapters/clock.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { compareTexts, type TextChange } from '#lib/adapters/text-diff.ts';
import { nameVersion } from '#lib/adapters/yjs/named-versions.ts';
import { Draft } from './draft.svelte.ts';
import { versionsOf, type DraftVersion } from './draft-versions.ts';
import { frozenVersions } from './frozen-versions.ts';
import type { Workspace } from '../workspace.svelte.ts';

export type { DraftVersion } from './draft-versions.ts';
export type { TextChange } from '#lib/adapters/text-diff.ts';

/** The earlier versions of one draft, and the draft itself, open behind the page. Loads Yjs: import it lazily. */
export class DraftArchive {
	/** Latest first. */
	versions: readonly DraftVersion[] = $state.raw([]);
	/** The text as it is now. */
	text: RichText = $state.raw({ type: 'doc' });
	/** Whether the relay told everything; else only what this device has kept is here. */
	isWhole = $state(true);
	readonly mayWrite: boolean;
	readonly #workspace: Workspace;
	readonly #draft: Draft;
	readonly #kind: DraftKind;
	readonly #owner: RecordId;

	private constructor(workspace: Workspace, draft: Draft, kind: DraftKind, owner: RecordId) {
		this.#workspace = workspace;
		this.#draft = draft;
		this.#kind = kind;
		this.#owner = owner;
		this.mayWrite = workspace.role !== undefined && accessTo(kind, workspace.role) === 'write';
		this.text = draft.document.text();
		draft.document.onUpdate(() => (this.text = draft.document.text()));
	}

	static async open(workspace: Workspace, kind: DraftKind, owner: RecordId): Promise<DraftArchive> {
		const archive = new DraftArchive(workspace, await Draft.open(workspace, kind, owner), kind, owner);
		await archive.refresh();
		return archive;
	}

	/** Asks for the history again, because the relay can be reached by now. */
	async refresh(): Promise<void> {
		const { edits, isWhole } = await this.#draft.history();
		this.isWhole = isWhole;
		this.#show([...versionsOf(edits), ...frozenVersions(this.#workspace, this.#kind, this.#owner)]);
	}

	/** VERSION-3: makes an earlier text the newest one; nothing is erased. Answers how to undo it. */
	restore({ text }: DraftVersion): () => void {
		return this.#draft.document.restore(text);
	}

	/** VERSION-2: gives the text as it is now a name. */
	name(name: string): void {
		const { document } = this.#draft;
		const id = toHex(randomBytes(8));
		const [at, by] = [now(), this.#workspace.me];
		nameVersion(document.doc, id, { name, at, by: by ?? '', snapshot: document.snapshot() });
		const version = { id, kind: 'named', from: at, to: at, name, namedBy: by, writers: [], text: this.text } as const;
		this.#show([version, ...this.versions]);
	}

	/** VERSION-4: what became of an earlier text since then. */
	changesSince({ text }: DraftVersion): readonly TextChange[] {
		return compareTexts(plainText(text), plainText(this.text));
	}

	/** Who had a hand in it, as far as the relay says which device an edit came from. */
	namesOf({ writers, namedBy }: DraftVersion): readonly string[] {
		const members = [namedBy, ...writers.map((key) => this.#memberOf(key))];
		const each = members.filter((member, index) => members.indexOf(member) === index);
		return each.flatMap((member) => (member ? [this.#workspace.nameOf(member)] : []));
	}

	close(): void {
		this.#draft.close();
	}

	#show(versions: readonly DraftVersion[]): void {
		this.versions = [...versions].sort((a, b) => b.to - a.to);
	}

	#memberOf(key: DeviceKey): MemberId | undefined {
		return deviceOf(this.#workspace.state.roster, key)?.member;
	}
}
