import type { PublicDocument } from '#core/publication/document.ts';
import { isTombstone, type PublicTombstone } from '#core/publication/page.ts';
import { parsePublicPage } from '#core/publication/schema.ts';

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
	/** The file that anybody can count the outcome again from, gzip. */
	outcomeFile(slug: string): Promise<Uint8Array | undefined>;
}

export interface PublicOutcome {
	readonly document: PublicDocument;
	readonly version: number;
	readonly at: number;
}
/** PUB-9: what stands at an address now: an outcome, or the note that it was withdrawn. */
export type PublicAddress = PublicOutcome | { readonly tombstone: PublicTombstone };

const READER = Symbol.for('council-corner/publications');
const NOTHING: PublicationReader = {
	list: () => Promise.resolve([]),
	read: () => Promise.resolve(undefined),
	outcomeFile: () => Promise.resolve(undefined),
};

/** The reader of this process; while the pages are built there is none, and nothing is published. */
export function publicationReader(): PublicationReader {
	return (globalThis as { [READER]?: PublicationReader })[READER] ?? NOTHING;
}

/** Newest first, without what was withdrawn. What cannot be read is left out and never breaks the page. */
export async function listOutcomes(reader: PublicationReader): Promise<readonly PublicOutcome[]> {
	const addresses = (await reader.list()).flatMap((stored) => addressOf(stored) ?? []);
	const outcomes = addresses.filter((address) => 'document' in address);
	return outcomes.sort((a, b) => b.at - a.at);
}

export async function readAddress(reader: PublicationReader, slug: string): Promise<PublicAddress | undefined> {
	const stored = await reader.read(slug);
	return stored && addressOf(stored);
}

function addressOf({ json, version, at }: StoredPublication): PublicAddress | undefined {
	const page = parsePublicPage(json);
	if (!page.ok) return undefined;
	return isTombstone(page.value) ? { tombstone: page.value } : { document: page.value, version, at };
}
