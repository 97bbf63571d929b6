import type { MeetingId, PollId, RecordId, TopicId } from '../kernel/ids.ts';
import { foldMeetings } from '../meetings/reducer.ts';
import type { Meeting } from '../meetings/state.ts';
import { foldConsensus, foldMinutes } from '../minutes/reducer.ts';
import type { Consensus, Minutes } from '../minutes/state.ts';
import { foldPlaces } from '../places/reducer.ts';
import type { Places } from '../places/state.ts';
import { foldPolls } from '../polls/reducer.ts';
import type { Poll } from '../polls/state.ts';
import { foldPublications } from '../publication/reducer.ts';
import type { Publication, Withdrawal } from '../publication/state.ts';
import { foldRoster } from '../roster/reducer.ts';
import type { Roster } from '../roster/state.ts';
import { foldTopics } from '../topics/reducer.ts';
import type { Topic } from '../topics/state.ts';
import type { BlobSource } from './blobs.ts';
import type { LedgerReader } from './reader.ts';
import { Standing } from '../validity/standing.ts';

/** Everything the structure of a grid's ledger says. Plain data; the same set of records and blobs gives the same state. */
export interface CornerState {
	readonly roster: Roster;
	readonly places: Places;
	readonly topics: ReadonlyMap<TopicId, Topic>;
	readonly meetings: ReadonlyMap<MeetingId, Meeting>;
	readonly polls: ReadonlyMap<PollId, Poll>;
	/** By the id of the `minutes.freeze`. */
	readonly minutes: ReadonlyMap<RecordId, Minutes>;
	readonly consensus: ReadonlyMap<RecordId, Consensus>;
	readonly publications: ReadonlyMap<RecordId, Publication>;
	readonly withdrawals: ReadonlyMap<RecordId, Withdrawal>;
}

/** FOLD-1: pure; no clock, no order of arrival. Records without weight (validity/) are left out. */
export function foldLedger(ledger: LedgerReader, blobs: BlobSource): CornerState {
	return foldStanding(new Standing(ledger, blobs));
}

/** The same, where the weighing is needed beside the state. */
export function foldStanding(standing: Standing): CornerState {
	const { view: ledger, blobs } = standing;
	const roster = foldRoster(standing);
	const polls = foldPolls(standing);
	const minutes = foldMinutes(standing);
	const consensus = foldConsensus(standing);
	return {
		roster,
		places: foldPlaces(ledger),
		topics: foldTopics(ledger, blobs, { polls, minutes, consensus }),
		meetings: foldMeetings(ledger, blobs),
		polls,
		minutes,
		consensus,
		...foldPublications(standing, { polls, minutes, consensus }),
	};
}
