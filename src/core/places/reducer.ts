import type { LedgerReader } from '../ledger/reader.ts';
import type { Places } from './state.ts';

/** PLACE-1: a place stands until it is ended; ids cite what was there before, so the tree has no circles. */
export function foldPlaces(ledger: LedgerReader): Places {
	const ended = new Set(ledger.ofType('place.end').map(({ body }) => body.target));
	const standing = ledger.ofType('place.add').filter(({ id }) => !ended.has(id));
	return new Map(standing.map(({ id, body }) => [id, { id, kind: body.kind, name: body.name, parent: body.parent }]));
}
