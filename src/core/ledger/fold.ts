import type { MeetingId, PollId, RecordId, TopicId } from '../kernel/ids.ts';
import { foldMeetings } from '../meetings/reducer.ts';
import type { Meeting } from '../meetings/state.ts';
import { foldConsensus, foldMinutes } from '../minutes/reducer.ts';
import type { Consensus, Minutes } from '../minutes/state.ts';
import { foldPolls } from '../polls/reducer.ts';
import type { Poll } from '../polls/state.ts';
import { foldPublications } from '../publication/reducer.ts';
import type { Publication } from '../publication/state.ts';
import { foldRoster } from '../roster/reducer.ts';
import type { Roster } from '../roster/state.ts';
import { foldTopics } from '../topics/reducer.ts';
import type { Topic } from '../topics/state.ts';
import type { BlobSource } from './blobs.ts';
import type { Ledger } from './ledger.ts';

/** Everything the structure of a grid's ledger says. Plain data; the same set of records and blobs gives the same state. */
export interface CornerState {
	readonly roster: Roster;
	readonly topics: ReadonlyMap<TopicId, Topic>;
	readonly meetings: ReadonlyMap<MeetingId, Meeting>;
	readonly polls: ReadonlyMap<PollId, Poll>;
	/** By the id of the `minutes.freeze`. */
	readonly minutes: ReadonlyMap<RecordId, Minutes>;
	readonly consensus: ReadonlyMap<RecordId, Consensus>;
	readonly publications: ReadonlyMap<RecordId, Publication>;
}

/** FOLD-1: pure; no clock, no order of arrival. */
export function foldLedger(ledger: Ledger, blobs: BlobSource): CornerState {
	const roster = foldRoster(ledger);
	const polls = foldPolls(ledger, blobs);
	const minutes = foldMinutes(ledger, blobs, roster);
	const consensus = foldConsensus(ledger, blobs, roster);
	return {
		roster,
		topics: foldTopics(ledger, blobs, { polls, minutes, consensus }),
		meetings: foldMeetings(ledger, blobs),
		polls,
		minutes,
		consensus,
		publications: foldPublications(ledger, { roster, polls, minutes, consensus }),
	};
}
