import type { MeetingId, MemberId, RecordId } from '#core/kernel/ids.ts';
import type { Result } from '#core/kernel/result.ts';
import { conveneMeeting, endMeeting, openMeeting, takeAttendance, type MeetingPlan } from '#core/meetings/acts.ts';
import { mayAppointChair, mayEndMeeting, mayOpenMeeting, mayTakeAttendance } from '#core/meetings/rules.ts';
import type { Meeting } from '#core/meetings/state.ts';
import { appointChair } from '#core/roster/acts.ts';
import { permission } from '#core/roster/rules.ts';
import { now } from '#lib/adapters/clock.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import type { Workspace, WriteRefusal } from '../workspace.svelte.ts';

type Outcome<T, Code extends string = never> = Promise<Result<T, WriteRefusal | 'not-permitted' | Code>>;

export async function convene(workspace: Workspace, plan: MeetingPlan): Outcome<MeetingId> {
	const allowed = permission(workspace.state.roster, workspace.me, 'meeting.convene');
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => conveneMeeting(composer, allowed.value, plan));
}

/** Somebody else presides over this one meeting. */
export async function askToPreside(
	workspace: Workspace,
	meeting: Meeting,
	member: MemberId,
): Outcome<RecordId, 'meeting-ended'> {
	const allowed = mayAppointChair(workspace.state.roster, workspace.me, meeting);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => appointChair(composer, allowed.value, member, meeting.id));
}

export async function open(workspace: Workspace, meeting: Meeting): Outcome<RecordId, 'meeting-not-convened'> {
	const allowed = mayOpenMeeting(workspace.state.roster, workspace.me, meeting);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => openMeeting(composer, allowed.value, meeting.id));
}

/** Replaces the attendance that stands by the full list of those present now. */
export async function recordAttendance(
	workspace: Workspace,
	meeting: Meeting,
	present: readonly MemberId[],
): Outcome<RecordId, 'meeting-not-open'> {
	const allowed = mayTakeAttendance(workspace.state.roster, workspace.me, meeting);
	if (!allowed.ok) return allowed;
	const notes = present.map((member) => [member, 'roll-call', now()] as const);
	return workspace.write((composer) =>
		takeAttendance(composer, allowed.value, meeting, present, notes, randomBytes(16)),
	);
}

export async function end(workspace: Workspace, meeting: Meeting): Outcome<RecordId, 'meeting-not-open'> {
	const allowed = mayEndMeeting(workspace.state.roster, workspace.me, meeting);
	if (!allowed.ok) return allowed;
	return workspace.write((composer) => endMeeting(composer, allowed.value, meeting.id));
}
