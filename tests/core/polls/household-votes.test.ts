import { beforeEach, expect, test } from 'vitest';
import type { PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { err } from '#core/kernel/result.ts';
import { addPlace, endPlace } from '#core/places/acts.ts';
import { castBallot, type BallotWish } from '#core/polls/casting.ts';
import { openPoll } from '#core/polls/acts.ts';
import { followUpOf, leadingTo } from '#core/polls/following.ts';
import { householdsOf, mayOpenChoice, unitsToAsk } from '#core/polls/households.ts';
import { HOUSEHOLDS_CHOOSE } from '#core/polls/profiles.ts';
import type { Poll } from '#core/polls/state.ts';
import { addWithoutDevice } from '#core/roster/acts.ts';
import { openGates } from '#core/topics/selectors.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { Council } from '../../support/council.ts';
import { must } from '../../support/must.ts';

const OPTIONS = ['停车', '保洁', '绿化'];
type Picks = readonly number[] | 'reject' | 'abstain';

let council: Council;
let topic: TopicId;
let text: RecordId;
beforeEach(() => {
	council = new Council('households');
	topic = council.topic();
	text = council.freeze(topic);
});

const home = (name: string): RecordId =>
	council.corner.act(council.convener, (composer) => addPlace(composer, council.as, { kind: 'household', name }));
const moveIn = (name: string, household: RecordId) =>
	council.corner.act(council.convener, (composer) =>
		addWithoutDevice(composer, council.as, { name, building: '1号楼' }, council.corner.salt(name), { household }),
	);

test('[CHOICE-1] each household somebody lives in is a unit, and who lives in none is named', () => {
	const [first, , ended] = [home('101'), home('102'), home('103')];
	const people = [moveIn('钱一', first), moveIn('钱二', first)];
	council.corner.act(council.convener, (composer) => endPlace(composer, council.as, ended));
	const lost = moveIn('钱三', ended);
	const { units, unhoused } = householdsOf(council.corner.state);
	expect(units).toEqual([{ unit: first, heads: 1, area: 0, members: people }]);
	expect(unhoused).toContain(lost);
	expect(unhoused).toHaveLength(council.corner.roster.members.size - 2);
});

test('[CHOICE-1] nobody is asked to choose while nobody is entered in a household', () => {
	const may = () => mayOpenChoice(council.corner.state, council.convener.member, council.topicState(topic));
	expect(may()).toEqual({ ok: false, error: 'no-households' });
	moveIn('钱一', home('101'));
	expect(may().ok).toBe(true);
});

/** A choice among the given options, one household a person, certified. */
function choose(
	options: readonly string[],
	picks: readonly Picks[],
	follows?: Poll['follows'],
	people = council.everybody,
): Poll {
	const voters = people.map(({ member }) => ({ unit: `${member}`, heads: 1, area: 0, members: [member] }));
	const poll = council.corner.act(council.convener, (composer) =>
		openPoll(composer, council.as, {
			...{ topic, text, question: '选哪一项？', profile: HOUSEHOLDS_CHOOSE, voters, q: 2, devices: [] },
			tellers: [council.li.member, council.chen.member],
			...(options.length > 0 ? { choice: { form: 'single' as const, options } } : {}),
			...(follows ? { follows } : {}),
		}),
	);
	picks.forEach((said, index) => cast(poll, must(people[index]), said));
	council.certify(council.close(poll), council.li, council.chen);
	return council.pollState(poll);
}

function cast(poll: PollId, person: Person, said: Picks): void {
	const wish: BallotWish = typeof said === 'string' ? { choice: said } : { choice: 'approve', picks: said };
	council.corner.act(person, (composer) => castBallot(composer, poll, wish, []));
}

test.each<[string, readonly Picks[], string]>([
	['more than half of those that took a side', [[0], [0], [1]], 'passed'],
	['half is not enough', [[0], [0], [1], [2]], 'not-passed'],
	['wanting none is a side', [[0], [0], 'reject', 'reject'], 'not-passed'],
	['abstaining is none', [[0], 'abstain', 'abstain', 'abstain'], 'passed'],
	['nobody took a side', ['abstain'], 'no-result'],
])('[CHOICE-2] the option with the most votes is chosen by households: %s', (_case, picks, outcome) => {
	expect(must(choose(OPTIONS, picks).standing).decision.outcome).toBe(outcome);
});

test.each<[string, readonly Picks[], readonly string[] | undefined]>([
	['the tied', [[0], [0], [2], [2], [1]], ['停车', '绿化']],
	['the two highest, where too few wanted the first', [[0], [0], [0], [1], [1], [2]], ['停车', '保洁']],
	['the tied, though one wants none', [[0], [0], [1], [1], [2], 'reject'], ['停车', '保洁']],
	['nothing, where that would leave out nobody', [[0], [0], [1], [2]], undefined],
	['nothing, where nobody picked any', ['reject'], undefined],
])('[CHOICE-4] a second round is among %s', (_case, picks, options) => {
	const next = followUpOf(choose(OPTIONS, picks));
	expect(next).toEqual(options && { as: 'run-off', options });
});

test('[CHOICE-4] nothing follows before the tellers have certified, nor from a motion', () => {
	const poll = choose(OPTIONS, [[0], [1]]);
	expect(followUpOf({ ...poll, standing: undefined })).toBeUndefined();
	expect(followUpOf(choose([], ['abstain']))).toBeUndefined();
});

test('[CHOICE-5] what was chosen stands until the households say otherwise after the trial', () => {
	const isDecided = () => openGates(council.corner.state, council.topicState(topic)).has('decided');
	const tied = choose(OPTIONS, [[0], [1]]);
	expect(isDecided()).toBe(false);
	const chosen = choose(['停车', '保洁'], [[0], [0], [1]], { poll: tied.id, as: 'run-off' });
	expect(isDecided()).toBe(true);
	expect(followUpOf(chosen)).toEqual({ as: 'keep', chosen: '停车' });
	const kept = choose([], ['reject', 'reject'], { poll: chosen.id, as: 'keep' });
	expect(isDecided()).toBe(false);
	expect(leadingTo(council.corner.state.polls, kept).map(({ id }) => id)).toEqual([tied.id, chosen.id]);
});

test('[CHOICE-7] a second round asks those who were asked in the first', () => {
	const [first, second] = [home('101'), home('102')];
	moveIn('钱一', first);
	const before = householdsOf(council.corner.state).units;
	const tied = { ...choose(OPTIONS, [[0], [1]]), roll: before };
	const state = { ...council.corner.state, polls: new Map([[tied.id, tied]]) };
	moveIn('钱二', second);
	const now = { ...council.corner.state, polls: state.polls };
	expect(unitsToAsk(now, { poll: tied.id, as: 'run-off' })).toEqual(before);
	expect(unitsToAsk(now, { poll: tied.id, as: 'keep' })).toHaveLength(2);
	expect(unitsToAsk(now, undefined)).toHaveLength(2);
});

test('[CHOICE-7] a second round may be opened though nobody is entered in a household any more', () => {
	const tied = choose(OPTIONS, [[0], [1]]);
	const may = (follows?: Poll['follows']) =>
		mayOpenChoice(council.corner.state, council.convener.member, council.topicState(topic), follows);
	expect(may()).toEqual(err('no-households'));
	expect(may({ poll: tied.id, as: 'keep' })).toEqual(err('no-households'));
	expect(may({ poll: tied.id, as: 'run-off' }).ok).toBe(true);
});

test('[CHOICE-7] a second round on another roll is a defect, and a vote after a trial may have one', () => {
	const tied = choose(OPTIONS, [[0], [1]]);
	const defects = (poll: Poll) => council.audit(poll.id, must(poll.standing).id).defects;
	const again = { poll: tied.id, as: 'run-off' } as const;
	expect(defects(choose(OPTIONS, [[0]], again))).toEqual([]);
	const less = council.everybody.slice(1);
	expect(defects(choose(OPTIONS, [[0]], again, less))).toEqual(['run-off-other-roll']);
	expect(defects(choose([], ['reject'], { poll: tied.id, as: 'keep' }, less))).toEqual([]);
});

test('[CHOICE-5] a vote on another topic is not among those that led to one', () => {
	const other = choose(OPTIONS, [[0]]);
	topic = council.topic('路灯');
	text = council.freeze(topic);
	const poll = choose(OPTIONS, [[0]], { poll: other.id, as: 'run-off' });
	expect(leadingTo(council.corner.state.polls, poll)).toEqual([]);
});

test('[CHOICE-3] members of a household who differ count once they say the same', () => {
	const [zhao, sun] = [council.zhao, council.sun];
	const poll = council.corner.act(council.convener, (composer) =>
		openPoll(composer, council.as, {
			...{ topic, text, question: '选哪一项？', profile: HOUSEHOLDS_CHOOSE, q: 2, devices: [] },
			voters: [{ unit: '101', heads: 1, area: 0, members: [zhao.member, sun.member] }],
			tellers: [council.li.member, council.chen.member],
			choice: { form: 'single', options: OPTIONS },
		}),
	);
	const say = (person: typeof zhao, pick: number, replaces: readonly RecordId[] = []) =>
		council.corner.act(person, (composer) =>
			castBallot(composer, poll, { choice: 'approve', picks: [pick] }, replaces),
		);
	const units = () => council.count(poll).tally.counts.units;
	say(zhao, 0);
	const first = say(sun, 1);
	expect(council.count(poll).tally.conflicts).toEqual(['101']);
	expect(units()).toMatchObject({ approve: 0, spoiled: 1 });
	say(sun, 0, [first]);
	expect(council.count(poll).tally.conflicts).toEqual([]);
	expect(council.count(poll).tally.counts).toMatchObject({ units: { approve: 1, spoiled: 0 }, rounds: [[1, 0, 0]] });
});
