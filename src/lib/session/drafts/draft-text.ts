import { DraftStore } from '#lib/adapters/dexie/draft-store.ts';
import { plainTextOf } from '#lib/adapters/yjs/plain-text.ts';
import type { Workspace } from '../workspace.svelte.ts';

/** The words of a draft as they stand on this device, with what the disk has not taken yet. Loads Yjs. */
export async function draftText({ drafts }: Workspace, room: string): Promise<string> {
	const stored = await new DraftStore(room).after(0).catch(() => []);
	return plainTextOf([...stored.map(({ update }) => update), ...drafts.unstored(room)]);
}
