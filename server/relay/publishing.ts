import type { MemberId } from '#core/kernel/ids.ts';
import type { LedgerRecord } from '#core/ledger/record.ts';
import { foldLedger } from '#core/ledger/fold.ts';
import { publicPage } from '#core/publication/page.ts';
import { publicFace, type PublicFace } from '#core/publication/selectors.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { NewPublication } from '../storage/port.ts';
import type { Grid } from './grids.ts';

/**
 * ARCHITECTURE 8.6: what stands at a public address by now and is not written yet, one row a topic. Judged on the
 * ledger as it will be after the commit; a page that still misses a blob is found again when the blob arrives.
 */
export function duePublications(grid: Grid, at: number): readonly NewPublication[] {
	const open = openRecords(grid);
	// Folding is the work of a whole corner, and one that nobody has seconded would cost it at every turn.
	if (!open.some((record) => mayStand(grid, record))) return [];
	const { ledger, blob: blobs } = grid;
	const state = foldLedger(ledger, blobs);
	const topics = new Set(open.map(({ body }) => body.topic));
	return [...topics].flatMap((topic) => {
		const face = publicFace(state, topic);
		if (!face || grid.published.has(recordOf(face))) return [];
		const page = publicPage({ ledger, state, blobs }, face);
		if (!page.ok) return [];
		const { slug } = page.value;
		return [{ slug, grid: grid.id, publish: recordOf(face), json: JSON.stringify(page.value), at }];
	});
}

type PublicRecord = LedgerRecord<'publish' | 'publish.correct' | 'publish.withdraw'>;

/** Not written yet, and not overtaken by one that is. */
function openRecords({ ledger, published }: Grid): readonly PublicRecord[] {
	const all = [...ledger.ofType('publish'), ...ledger.ofType('publish.correct'), ...ledger.ofType('publish.withdraw')];
	const written = all.filter(({ id }) => published.has(id));
	// What names a record of another topic does not follow it (PUB-8).
	const isOvertaken = ({ id, body }: PublicRecord) =>
		written.some((later) => later.body.topic === body.topic && later.body.after.includes(id));
	return all.filter((record) => !published.has(record.id) && !isOvertaken(record));
}

/**
 * RELAY-51: what any of them needs to stand, whatever the rest of the ledger says: a cosign by somebody who was ever a
 * teller, or, to withdraw, to have published it.
 */
function mayStand({ ledger }: Grid, record: PublicRecord): boolean {
	const tellers = new Set(
		ledger.ofType('role.grant').flatMap(({ body }) => (body.role === 'teller' ? body.member : [])),
	);
	const isTeller = (member: MemberId | undefined) => member !== undefined && tellers.has(member);
	const cosigns = ledger.ofType('cosign').filter(({ body }) => body.target === record.id);
	if (cosigns.some((cosign) => isTeller(authorMember(ledger, cosign)))) return true;
	if (record.type !== 'publish.withdraw') return false;
	const author = authorMember(ledger, record);
	return record.body.after.some((id) => {
		const named = ledger.get(id);
		return named !== undefined && authorMember(ledger, named) === author;
	});
}

/** The record that decides what is shown. */
const recordOf = (face: PublicFace) => (face.shows === 'publication' ? face.publication.id : face.withdrawal.id);
