import type { PollId, RecordId } from '#core/kernel/ids.ts';
import { err, type Result } from '#core/kernel/result.ts';
import { openPoll } from '#core/polls/acts.ts';
import { countNow } from '#core/polls/audit.ts';
import { mayOpenChoice, unitsToAsk, type OpenChoiceRefusal } from '#core/polls/households.ts';
import { tellersBeside } from '#core/polls/opening-rules.ts';
import { HOUSEHOLDS_CHOOSE } from '#core/polls/profiles.ts';
import type { PollForm } from '#core/polls/records.ts';
import type { Poll } from '#core/polls/state.ts';
import type { Topic } from '#core/topics/state.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

export interface ChoicePlan {
	readonly question: string;
	readonly form: PollForm;
	/** Names to choose among; of a motion none. */
	readonly options: readonly string[];
	readonly follows?: NonNullable<Poll['follows']>;
	/** Claimed milliseconds; advice. */
	readonly closesAt?: number;
}

const TELLERS_TO_CERTIFY = 2;

/** CHOICE-1: opens a vote of the households on the topic's frozen text. */
export async function openHouseholdVote(
	workspace: Workspace,
	topic: Topic,
	{ question, form, options, follows, closesAt }: ChoicePlan,
): Promise<Result<PollId, WriteRefusal | OpenChoiceRefusal>> {
	const { state, me } = workspace;
	const allowed = mayOpenChoice(state, me, topic, follows);
	if (!allowed.ok) return allowed;
	const text = topic.texts[0]?.id;
	if (me === undefined || text === undefined) return err('text-not-frozen');
	const plan = {
		...{ topic: topic.id, text, question: question.trim(), profile: HOUSEHOLDS_CHOOSE },
		...(form === 'motion' ? {} : { choice: { form, options } }),
		voters: unitsToAsk(state, follows),
		tellers: tellersBeside(state.roster, me),
		q: TELLERS_TO_CERTIFY,
		devices: [...state.roster.devices.keys()],
		...(follows ? { follows } : {}),
		...(closesAt === undefined ? {} : { closesAt }),
	};
	return workspace.write((composer) => openPoll(composer, allowed.value, plan));
}

/** What somebody of my household said, as far as this device has it. */
export interface HouseholdBallot {
	readonly id: RecordId;
	readonly voter: RecordId;
	readonly choice: 'approve' | 'reject' | 'abstain' | 'spoiled';
	readonly picks: readonly number[];
}
export interface OwnHousehold {
	/** The `place.add` that names it. */
	readonly place: RecordId;
	/** How many of its members are on the roll. */
	readonly people: number;
	/** What each of them said last. */
	readonly ballots: readonly HouseholdBallot[];
	/** CHOICE-3: they differ, and none counts. */
	readonly differs: boolean;
}

/** Undefined for who is in no household of the roll. What the others of it cast, a relay sends by itself (RELAY-59). */
export function ownHousehold(workspace: Workspace, poll: Poll): OwnHousehold | undefined {
	void workspace.revision;
	const { me } = workspace;
	const unit = poll.roll?.find(({ members }) => me !== undefined && members.includes(me));
	if (!unit) return undefined;
	const { box, tally } = countNow(workspace.standing, poll, undefined);
	const cast = box.ballots.filter((ballot) => ballot.unit === unit.unit);
	const replaced = (ballot: HouseholdBallot) =>
		cast.some(({ voter, replaces }) => voter === ballot.voter && replaces.includes(ballot.id));
	const ballots = cast.filter((ballot) => !replaced(ballot));
	return {
		place: unit.unit as RecordId,
		people: unit.members.length,
		ballots,
		differs: tally.conflicts.includes(unit.unit),
	};
}
