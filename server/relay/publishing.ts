import { foldLedger } from '#core/ledger/fold.ts';
import { publicDocument } from '#core/publication/document.ts';
import type { NewPublication } from '../storage/port.ts';
import type { Grid } from './grids.ts';

/**
 * ARCHITECTURE 8.6: publications whose `publish` record stands by now and of which everything is held. Judged on the
 * ledger as it will be after the commit; one that still misses a blob is found again when the blob arrives.
 */
export function duePublications(grid: Grid, at: number): readonly NewPublication[] {
	const open = grid.ledger.ofType('publish').filter(({ id }) => !grid.published.has(id));
	if (open.length === 0) return [];
	const { ledger, blob: blobs } = grid;
	const state = foldLedger(ledger, blobs);
	return open.flatMap(({ id }) => {
		const publication = state.publications.get(id);
		if (!publication?.stands || !publication.current) return [];
		const document = publicDocument({ ledger, state, blobs }, id);
		if (!document.ok) return [];
		return [{ slug: document.value.slug, grid: grid.id, publish: id, json: JSON.stringify(document.value), at }];
	});
}
