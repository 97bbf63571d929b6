import type { MeetingId, MemberId, RecordId, TopicId } from '../kernel/ids.ts';
import { encodeIdList, encodeMemberBlob } from '../ledger/blobs.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import { attendanceField, type AttendanceNote } from './records.ts';
import type { Meeting } from './state.ts';

export interface MeetingPlan {
	readonly topics: readonly TopicId[];
	/** `YYYY-MM-DDTHH:MM`, Asia/Shanghai. */
	readonly time: string;
	readonly place: string;
}

export function conveneMeeting(composer: Composer, as: RecordId | undefined, plan: MeetingPlan): MeetingId {
	return composer.add('meeting.convene', { ...cited(as), ...plan, after: [] });
}

export function openMeeting(composer: Composer, as: RecordId | undefined, meeting: MeetingId): RecordId {
	return composer.add('meeting.open', { ...cited(as), meeting });
}

export function takeAttendance(
	composer: Composer,
	as: RecordId | undefined,
	meeting: Meeting,
	present: readonly MemberId[],
	notes: readonly AttendanceNote[],
	salt: Uint8Array,
): RecordId {
	return composer.add('meeting.attendance', {
		...cited(as),
		meeting: meeting.id,
		present: composer.blob(encodeIdList(present)),
		attendance: composer.blob(encodeMemberBlob(attendanceField, notes, salt)),
		after: meeting.attendances.map(({ id }) => id),
	});
}

export function endMeeting(composer: Composer, as: RecordId | undefined, meeting: MeetingId): RecordId {
	return composer.add('meeting.end', { ...cited(as), meeting });
}
