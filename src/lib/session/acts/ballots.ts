import type { PollId, RecordId } from '#core/kernel/ids.ts';
import type { Result } from '#core/kernel/result.ts';
import { castBallot } from '#core/polls/acts.ts';
import type { Choice } from '#core/polls/records.ts';
import { mayCastBallot, type BallotRefusal } from '#core/polls/rules.ts';
import type { Poll } from '#core/polls/state.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** My ballots in a poll that this device knows, oldest first; the last one is what I said. */
export function myBallots(workspace: Workspace, poll: PollId) {
	void workspace.revision;
	return workspace.ledger
		.ofType('ballot')
		.filter((ballot) => ballot.scope === poll && authorMember(workspace.ledger, ballot) === workspace.me);
}

/** Casts, or replaces what I said before. Answers the ballot's id: its first characters are the receipt number. */
export async function vote(
	workspace: Workspace,
	poll: Poll,
	choice: Choice,
): Promise<Result<RecordId, WriteRefusal | BallotRefusal>> {
	const allowed = mayCastBallot(poll, workspace.me);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => {
		const replaces = myBallots(workspace, poll.id).map(({ id }) => id);
		return castBallot(composer, poll.id, choice, replaces.slice(-16));
	});
}
