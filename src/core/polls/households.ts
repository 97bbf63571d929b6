import { groupBy } from '../kernel/group.ts';
import type { MemberId } from '../kernel/ids.ts';
import { err, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Permission } from '../roster/rules.ts';
import type { Topic } from '../topics/state.ts';
import { mayOpenPoll, type OpenPollRefusal } from './opening-rules.ts';
import type { RollUnit } from './roll.ts';
import type { Poll } from './state.ts';

export type OpenChoiceRefusal = OpenPollRefusal | 'no-households';

export interface Households {
	/** Each household of the place tree somebody lives in, named by its `place.add`. */
	readonly units: readonly RollUnit[];
	/** Members who are entered in no household: they have no vote here. */
	readonly unhoused: readonly MemberId[];
}

/** CHOICE-1: who lives together has one vote together, whoever of them casts it. */
export function householdsOf({ roster, places }: Pick<CornerState, 'roster' | 'places'>): Households {
	const members = [...roster.members.values()];
	const homes = groupBy(members, ({ household }) => (household && places.has(household) ? household : undefined));
	return {
		units: [...homes].flatMap(([home, own]) =>
			home === undefined ? [] : [{ unit: home, heads: 1, area: 0, members: own.map(({ id }) => id) }],
		),
		unhoused: (homes.get(undefined) ?? []).map(({ id }) => id),
	};
}

/** CHOICE-7: a second round asks those who were asked in the first, whoever has moved since. */
export function unitsToAsk(state: CornerState, follows: Poll['follows']): readonly RollUnit[] {
	const first = follows?.as === 'run-off' ? state.polls.get(follows.poll) : undefined;
	return first?.roll ?? householdsOf(state).units;
}

/** CHOICE-1: as every poll, and somebody must be there to ask: entered in a household, or on the first round's roll. */
export function mayOpenChoice(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
	follows?: Poll['follows'],
): Result<Permission, OpenChoiceRefusal> {
	const allowed = mayOpenPoll(state, member, topic);
	return allowed.ok && unitsToAsk(state, follows).length === 0 ? err('no-households') : allowed;
}
