import type { MemberId } from '../kernel/ids.ts';
import { err, type Result } from '../kernel/result.ts';
import { mayGrantRole, permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import type { Roster } from '../roster/state.ts';
import type { Meeting } from './state.ts';

type MeetingPermission<Code extends string> = Result<Permission, NotPermitted | Code>;

/** MEET-1: convened → open → ended, each once. */
export function mayOpenMeeting(
	roster: Roster,
	member: MemberId | undefined,
	meeting: Meeting,
): MeetingPermission<'meeting-not-convened'> {
	if (meeting.status !== 'convened') return err('meeting-not-convened');
	return permission(roster, member, 'meeting.open', [meeting.id]);
}

export function mayTakeAttendance(
	roster: Roster,
	member: MemberId | undefined,
	meeting: Meeting,
): MeetingPermission<'meeting-not-open'> {
	if (meeting.status !== 'open') return err('meeting-not-open');
	return permission(roster, member, 'meeting.attendance', [meeting.id]);
}

export function mayEndMeeting(
	roster: Roster,
	member: MemberId | undefined,
	meeting: Meeting,
): MeetingPermission<'meeting-not-open'> {
	if (meeting.status !== 'open') return err('meeting-not-open');
	return permission(roster, member, 'meeting.end', [meeting.id]);
}

/** MEET-2: another member presides over a meeting that has not ended; the convener's office may appoint one. */
export function mayAppointChair(
	roster: Roster,
	member: MemberId | undefined,
	meeting: Meeting,
): MeetingPermission<'meeting-ended'> {
	return meeting.status === 'ended' ? err('meeting-ended') : mayGrantRole(roster, member, 'chair');
}
