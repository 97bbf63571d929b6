import type { TopicId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import {
	describeOutcome,
	maskedName,
	namesOnRoster,
	slugOf,
	type PublicationRefusal,
	type PublicDocument,
	type PublicSource,
} from './document.ts';
import { maskWords } from './mask.ts';
import type { PublicFace } from './selectors.ts';
import type { Withdrawal } from './state.ts';

/** PUB-9: what is left at the address of something withdrawn: that it was, by whom, when and why. No title, no text. */
export interface PublicTombstone {
	readonly slug: string;
	readonly grid: { readonly id: string; readonly name: string };
	readonly topic: TopicId;
	readonly withdrawn: {
		/** Masked. */
		readonly by: string;
		/** Claimed milliseconds. */
		readonly at: number;
		readonly reason: string;
	};
}

/** What stands at a public address. */
export type PublicPage = PublicDocument | PublicTombstone;

export const isTombstone = (page: PublicPage): page is PublicTombstone => 'withdrawn' in page;

/** The page of a topic's public face. */
export function publicPage(source: PublicSource, face: PublicFace): Result<PublicPage, PublicationRefusal> {
	return face.shows === 'publication' ? describeOutcome(source, face.publication) : tombstone(source, face.withdrawal);
}

function tombstone(
	source: PublicSource,
	{ topic, publisher, at, reason }: Withdrawal,
): Result<PublicTombstone, PublicationRefusal> {
	const { grid } = source.state.roster;
	if (!grid) return err('publication-unknown');
	const withdrawn = { by: maskedName(source, publisher), at, reason: maskWords(reason, namesOnRoster(source)) };
	return ok({ slug: slugOf(topic), grid: { id: grid.id, name: grid.name }, topic, withdrawn });
}
