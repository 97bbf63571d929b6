import { compareText, type MeetingId, type MemberId, type TopicId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Attendance, Meeting } from './state.ts';

const byTime = (a: Meeting, b: Meeting): number => compareText(a.time, b.time) || compareText(a.id, b.id);

/** Meetings still to be held or under way, the soonest first. */
export function comingMeetings(state: CornerState): readonly Meeting[] {
	return [...state.meetings.values()].filter(({ status }) => status !== 'ended').sort(byTime);
}

/** Meetings that have ended, the latest first. */
export function pastMeetings(state: CornerState): readonly Meeting[] {
	return [...state.meetings.values()].filter(({ status }) => status === 'ended').sort((a, b) => byTime(b, a));
}

/** The meeting that deals with a topic: the one under way, else the next, else the last that was held. */
export function meetingOnTopic(state: CornerState, topic: TopicId): Meeting | undefined {
	const concerns = ({ topics }: Meeting) => topics.includes(topic);
	const coming = comingMeetings(state).filter(concerns);
	return coming.find(({ status }) => status === 'open') ?? coming[0] ?? pastMeetings(state).find(concerns);
}

/** Every meeting that has a topic on its agenda. */
export const meetingsOn = (state: CornerState, topic: TopicId): readonly MeetingId[] =>
	[...state.meetings.values()].filter(({ topics }) => topics.includes(topic)).map(({ id }) => id);

/** The meeting whose minutes a topic waits for: under way or held, never one that is still to come. */
export function meetingHeldOn(state: CornerState, topic: TopicId): Meeting | undefined {
	const held = [...state.meetings.values()].filter(
		({ status, topics }) => status !== 'convened' && topics.includes(topic),
	);
	return held.sort(byTime).at(-1);
}

/** The attendance that stands. Several that nobody merged are none: a new one replaces them all. */
export function standingAttendance({ attendances }: Meeting): Attendance | undefined {
	return attendances.length === 1 ? attendances[0] : undefined;
}

/** Who is present; undefined before attendance was taken, and while its list is not held. */
export const presentAt = (meeting: Meeting | undefined): readonly MemberId[] | undefined =>
	meeting && standingAttendance(meeting)?.present;
