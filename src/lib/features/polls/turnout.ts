import type { MemberId } from '#core/kernel/ids.ts';
import type { BallotBox } from '#core/polls/ballot-box.ts';
import { electorateOf, unitFor } from '#core/polls/electorate.ts';
import type { Poll } from '#core/polls/state.ts';
import { isOnRoll } from '#core/polls/rules.ts';

/** How many units have voted, in whatever way, of those who can be counted. Never what they said. */
export interface Turnout {
	readonly voted: number;
	readonly base: number;
}

export function turnout(
	poll: Poll,
	present: readonly MemberId[] | undefined,
	{ box }: { readonly box: BallotBox },
): Turnout {
	const counted = (present ?? []).filter((member) => isOnRoll(poll, member));
	return { voted: unitsIn(poll, box).size, base: poll.presentOnly ? counted.length : poll.n };
}

/** Whom a teller can still count by hand: on the roll, present where that matters, and not heard in another way. */
export function countableByHand(
	poll: Poll,
	present: readonly MemberId[] | undefined,
	{ box }: { readonly box: BallotBox },
): readonly MemberId[] {
	const heard = votersIn(box);
	const roll = (poll.roll ?? []).flatMap(({ members }) => members);
	return roll.filter((member) => !heard.has(member) && (!poll.presentOnly || (present?.includes(member) ?? false)));
}

const votersIn = ({ ballots, hands }: BallotBox): ReadonlySet<MemberId> =>
	new Set([...ballots.map(({ voter }) => voter), ...hands.flatMap(({ voters }) => voters)]);

function unitsIn(poll: Poll, { ballots, hands }: BallotBox): ReadonlySet<string | undefined> {
	const electorate = electorateOf(poll);
	const byHand = hands.flatMap(({ voters }) => voters.map((voter) => unitFor(electorate, voter)));
	return new Set([...ballots.map(({ unit }) => unit), ...byHand]);
}
