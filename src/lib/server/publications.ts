import type { PublicDocument } from '#core/publication/document.ts';
import { parsePublicDocument } from '#core/publication/schema.ts';

/** One version of an outcome as the relay wrote it; `at` is its clock in milliseconds since 1970. */
export interface StoredPublication {
	readonly slug: string;
	readonly version: number;
	readonly grid: string;
	readonly json: string;
	readonly at: number;
}

/** ARCHITECTURE 8.7: both composition roots register one under this symbol, so that `src` imports nothing of `server`. */
export interface PublicationReader {
	/** The newest version of each. */
	list(): Promise<readonly StoredPublication[]>;
	read(slug: string): Promise<StoredPublication | undefined>;
}

export interface PublicOutcome {
	readonly document: PublicDocument;
	readonly version: number;
	readonly at: number;
}

const READER = Symbol.for('council-corner/publications');
const NOTHING: PublicationReader = { list: () => Promise.resolve([]), read: () => Promise.resolve(undefined) };

/** The reader of this process; while the pages are built there is none, and nothing is published. */
export function publicationReader(): PublicationReader {
	return (globalThis as { [READER]?: PublicationReader })[READER] ?? NOTHING;
}

/** Newest first. What cannot be read is left out and never breaks the page. */
export async function listOutcomes(reader: PublicationReader): Promise<readonly PublicOutcome[]> {
	const stored = await reader.list();
	return stored.flatMap((one) => outcomeOf(one) ?? []).sort((a, b) => b.at - a.at);
}

export async function readOutcome(reader: PublicationReader, slug: string): Promise<PublicOutcome | undefined> {
	const stored = await reader.read(slug);
	return stored && outcomeOf(stored);
}

function outcomeOf({ json, version, at }: StoredPublication): PublicOutcome | undefined {
	const document = parsePublicDocument(json);
	return document.ok ? { document: document.value, version, at } : undefined;
}
