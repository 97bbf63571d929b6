import type { PollId, RecordId } from '#core/kernel/ids.ts';
import type { Result } from '#core/kernel/result.ts';
import { castBallot, type BallotWish } from '#core/polls/casting.ts';
import { ownUnits } from '#core/polls/roll.ts';
import { mayCastBallot, type BallotRefusal } from '#core/polls/rules.ts';
import type { Poll } from '#core/polls/state.ts';
import { authorMember } from '#core/roster/authorship.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

/** My ballots in a poll that this device knows, oldest first, those cast for others left out. The last is what I said. */
export function myBallots(workspace: Workspace, poll: PollId) {
	void workspace.revision;
	return workspace.ledger
		.ofType('ballot')
		.filter(({ scope, body }) => scope === poll && body.for === undefined)
		.filter((ballot) => authorMember(workspace.ledger, ballot) === workspace.me);
}

/** Casts, or replaces what I said before. Answers the ballot's id: its first characters are the receipt number. */
export async function vote(
	workspace: Workspace,
	poll: Poll,
	wish: BallotWish,
): Promise<Result<RecordId, WriteRefusal | BallotRefusal>> {
	const allowed = mayCastBallot(poll, workspace.me);
	if (!allowed.ok) return allowed;
	const units = ownUnits(poll, workspace.me);
	return workspace.write((composer) => {
		const before = myBallots(workspace, poll.id);
		// Only who votes for several units has to say for which.
		const cast = units.map((unit) => {
			const replaces = before.filter(({ body }) => (body.unit ?? unit) === unit).map(({ id }) => id);
			return castBallot(composer, poll.id, { ...wish, ...(units.length > 1 && { unit }) }, replaces.slice(-16));
		});
		return cast.at(-1) as RecordId;
	});
}
