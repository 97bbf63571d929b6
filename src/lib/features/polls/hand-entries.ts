import type { MemberId, RecordId } from '#core/kernel/ids.ts';
import { decodeIdList } from '#core/ledger/blobs.ts';
import type { Choice } from '#core/polls/records.ts';
import type { Poll } from '#core/polls/state.ts';
import { handCounts } from '#lib/session/acts/polls.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';

/** A hand count that its author has not entered anew. */
export interface HandEntry {
	readonly id: RecordId;
	readonly counts: Readonly<Record<Choice | 'spoiled', number>>;
	readonly voters: readonly MemberId[];
	readonly author: MemberId | undefined;
	/** The other tellers of the poll who have countersigned; without one it does not count. */
	readonly signers: readonly MemberId[];
}

export function handEntries(workspace: Workspace, poll: Poll): readonly HandEntry[] {
	const all = handCounts(workspace, poll).map(({ record, author, signers }) => ({
		...{ id: record.id, counts: record.body.counts, replaces: record.body.replaces, author },
		voters: decodeIdList<MemberId>(workspace.blob(record.body.voters)) ?? [],
		signers: poll.tellers.filter((teller) => teller !== author && signers.includes(teller)),
	}));
	const isReplaced = ({ id, author }: HandEntry) =>
		all.some((other) => other.author === author && other.replaces.includes(id));
	return all.filter((entry) => !isReplaced(entry));
}
