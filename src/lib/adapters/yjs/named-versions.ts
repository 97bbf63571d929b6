import * as v from 'valibot';
import type * as Y from 'yjs';
import { DRAFT_ROOTS } from '#core/wire/draft-scan.ts';

const LONGEST_NAME = 40;

const namedVersion = v.object({
	name: v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_NAME)),
	at: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
	by: v.string(),
	snapshot: v.custom<Uint8Array>((value) => value instanceof Uint8Array),
});

/** A state of the draft that somebody gave a name. `by`: a member's id, and like everything in a draft not signed. */
export type NamedVersion = v.InferOutput<typeof namedVersion> & { readonly id: string };

/** VERSION-2: names this state. A name never changes or goes: giving it again names another state. */
export function nameVersion(doc: Y.Doc, id: string, version: Omit<NamedVersion, 'id'>): void {
	doc.getMap(DRAFT_ROOTS.versions).set(id, version);
}

/** All names that were given, oldest first; what is none of ours is left out. */
export function namedVersions(doc: Y.Doc): readonly NamedVersion[] {
	const named = [...doc.getMap(DRAFT_ROOTS.versions).entries()].flatMap(([id, value]) => {
		const parsed = v.safeParse(namedVersion, value);
		return parsed.success ? [{ id, ...parsed.output }] : [];
	});
	return named.sort((a, b) => a.at - b.at);
}
