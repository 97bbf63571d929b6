import type { RecordId } from '#core/kernel/ids.ts';
import { closePoll, type ClosingPlan } from '#core/polls/acts.ts';
import { keeperOf, openBallotBox } from '#core/polls/ballot-box.ts';
import { countBox } from '#core/polls/counting.ts';
import { electorateOf } from '#core/polls/electorate.ts';
import { sealsOf } from '#core/polls/seals.ts';
import type { Poll } from '#core/polls/state.ts';
import type { StoryCorner } from '../../../server/cli/scenario/people.ts';

type Closing = Pick<ClosingPlan, 'without' | 'supersedes'> & { readonly omitted?: readonly RecordId[] };

/** The founder closes with everything that is held, and every seal, but without the ballots to be left out. */
export function closeOwnersVote(corner: StoryCorner, poll: Poll, { omitted = [], ...more }: Closing = {}): RecordId {
	const [keeper, electorate] = [keeperOf(corner.standing), electorateOf(poll)];
	const held = openBallotBox(keeper, poll, electorate);
	const all = [...held.ballots, ...held.hands].map(({ id }) => id);
	if (!omitted.every((id) => all.includes(id))) throw new Error('A ballot to leave out is not there');
	const ids = all.filter((id) => !omitted.includes(id));
	const { counts } = countBox(poll, electorate, openBallotBox(keeper, poll, electorate, new Set(ids)));
	const seals = sealsOf(keeper, poll).map(({ id }) => id);
	return corner.act(corner.founder, (composer) =>
		closePoll(composer, corner.grantOf('convener'), { ...more, poll: poll.id, ids, declared: counts, seals }),
	);
}
