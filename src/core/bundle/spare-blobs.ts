import type { BlobHash, TopicId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { blobReferences } from '../ledger/references.ts';
import type { PollStatus } from '../polls/state.ts';
import { standingPublications } from '../publication/selectors.ts';
import { pollsOf } from '../topics/selectors.ts';

/** A device that is short of room. */
export interface FullDevice {
	readonly ledger: Ledger;
	readonly state: CornerState;
	/** Records and blobs that no relay has committed yet, by id and hash. */
	readonly unsent: ReadonlySet<string>;
}

/**
 * DEV-10: the blobs that a device could do without, what is needed least first: minutes and texts of topics that are
 * public and at rest. Only pages read them. What a fold, a count or a list on a page reads stays: it is small.
 */
export function spareBlobs({ ledger, state, unsent }: FullDevice): readonly BlobHash[] {
	const spare = new Set(topicsAtRest(state).flatMap((topic) => wordsOf(ledger, topic)));
	const needing = [...ledger.all()].filter((record) => !spare.has(record) || unsent.has(record.id));
	const needed = new Set(needing.flatMap(blobsOf));
	const named = new Set([...spare].flatMap(blobsOf));
	return [...named].filter((hash) => !needed.has(hash) && !unsent.has(hash));
}

/** Those that are public and have no vote under way, the one that was published first at the beginning. */
function topicsAtRest(state: CornerState): readonly TopicId[] {
	const published = standingPublications(state).map(({ topic }) => topic);
	const isAtRest = (topic: TopicId) => pollsOf(state, topic).every(({ status }) => isOver(status));
	return published.filter(isAtRest).reverse();
}

/** The oldest first; the text that was decided on is read more often than its minutes. */
const wordsOf = (ledger: Ledger, topic: TopicId): readonly LedgerRecord[] => [
	...ledger.citing(topic, 'minutes.freeze'),
	...ledger.citing(topic, 'text.freeze'),
];

const isOver = (status: PollStatus): boolean => status === 'certified' || status === 'cancelled';

const blobsOf = (record: LedgerRecord): readonly BlobHash[] => blobReferences(record).map(({ hash }) => hash);
