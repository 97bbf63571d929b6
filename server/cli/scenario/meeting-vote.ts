import type { MeetingId, MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { conveneMeeting, endMeeting, openMeeting, takeAttendance } from '#core/meetings/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { closePoll, cosign, countHands, openPoll } from '#core/polls/acts.ts';
import { countNow } from '#core/polls/audit.ts';
import { ruleProfile } from '#core/polls/profiles.ts';
import type { Choice } from '#core/polls/records.ts';
import type { Person, StoryCorner } from './people.ts';

export interface CouncilPeople {
	readonly convener: Person;
	readonly tellerOne: Person;
	readonly tellerTwo: Person;
	readonly voters: readonly Person[];
}

/** What those who came choose, in the order of the attendance; whoever comes after the list approves. */
const CHOICES: readonly Choice[] = [
	'approve',
	'approve',
	'approve',
	'approve',
	'approve',
	'reject',
	'approve',
	'abstain',
];

/** One meeting: attendance, a vote by device and by hand, its closing, and the tellers who certify it. */
export function voteAtMeeting(
	corner: StoryCorner,
	people: CouncilPeople,
	topic: TopicId,
	text: RecordId,
	withoutPhone: MemberId,
): { readonly poll: PollId; readonly meeting: MeetingId } {
	const { convener, tellerOne, tellerTwo, voters } = people;
	const present = [convener, tellerOne, tellerTwo, ...voters.slice(0, 6)];
	const meeting = meet(corner, topic);
	const attendance = takeRollCall(corner, meeting, [...present.map(({ member }) => member), withoutPhone]);
	const poll = openVote(corner, people, topic, text);
	present.forEach((person, index) =>
		corner.act(person, (composer) => castBallot(composer, poll, CHOICES[index] ?? 'approve', [])),
	);
	countOneHand(corner, people, poll, withoutPhone);
	closeAndCertify(corner, people, poll, attendance);
	corner.act(convener, (composer) => endMeeting(composer, corner.grantOf('convener'), meeting));
	return { poll, meeting };
}

function meet(corner: StoryCorner, topic: TopicId): MeetingId {
	const as = corner.grantOf('convener');
	const plan = { topics: [topic], time: '2015-10-21T19:00', place: '社区茶亭' };
	const meeting = corner.act(corner.founder, (composer) => conveneMeeting(composer, as, plan));
	corner.act(corner.founder, (composer) => openMeeting(composer, as, meeting));
	return meeting;
}

function takeRollCall(corner: StoryCorner, id: MeetingId, present: readonly MemberId[]): RecordId {
	const meeting = corner.state.meetings.get(id);
	if (!meeting) throw new Error('The story lost its meeting');
	const notes = present.map((member) => [member, 'roll-call', corner.at] as const);
	const salt = corner.salt('attendance');
	return corner.act(corner.founder, (composer) =>
		takeAttendance(composer, corner.grantOf('convener'), meeting, present, notes, salt),
	);
}

function openVote(
	corner: StoryCorner,
	{ tellerOne, tellerTwo }: CouncilPeople,
	topic: TopicId,
	text: RecordId,
): PollId {
	const profile = ruleProfile('R12-present');
	if (!profile) throw new Error('The rule profile is missing');
	const { members, devices } = corner.roster;
	return corner.act(corner.founder, (composer) =>
		openPoll(composer, corner.grantOf('convener'), {
			...{ topic, text, profile, q: 2, question: '是否请专业机构来管理日间照料中心？' },
			voters: [...members.keys()],
			tellers: [tellerOne.member, tellerTwo.member],
			devices: [...devices.keys()],
		}),
	);
}

function countOneHand(
	corner: StoryCorner,
	{ tellerOne, tellerTwo }: CouncilPeople,
	poll: PollId,
	voter: MemberId,
): void {
	const hands = { approve: 1, reject: 0, abstain: 0, spoiled: 0 };
	const count = corner.act(tellerOne, (composer) => countHands(composer, poll, [voter], hands, []));
	corner.act(tellerTwo, (composer) => cosign(composer, undefined, count, 'count', poll));
}

function closeAndCertify(corner: StoryCorner, people: CouncilPeople, id: PollId, attendance: RecordId): void {
	const { convener, tellerOne, tellerTwo } = people;
	const { polls, meetings } = corner.state;
	const poll = polls.get(id);
	const present = [...meetings.values()]
		.flatMap(({ attendances }) => attendances)
		.find((taken) => taken.id === attendance);
	if (!poll) throw new Error('The story lost its poll');
	const { ids, tally } = countNow(corner.standing, poll, present?.present);
	const close = corner.act(convener, (composer) =>
		closePoll(composer, corner.grantOf('convener'), { poll: id, ids, declared: tally.counts, attendance }),
	);
	for (const teller of [tellerOne, tellerTwo])
		corner.act(teller, (composer) => cosign(composer, undefined, close, 'certify'));
}
