import { id, list, memberBlob, oneOf, optional, publicBlob, text, tuple, uint } from '../kernel/fields.ts';
import type { MemberId } from '../kernel/ids.ts';

export const meetingRecords = {
	/** `time` is wall-clock text in Asia/Shanghai, `YYYY-MM-DDTHH:MM`; the agenda is the order of `topics`. */
	'meeting.convene': { as: optional(id), topics: list(id, 64), time: text(16), place: text(80), after: list(id) },
	'meeting.open': { as: optional(id), meeting: id },
	/** `present`: public blob of sorted member ids. `attendance`: member blob saying how and when. */
	'meeting.attendance': {
		as: optional(id),
		meeting: id,
		present: publicBlob,
		attendance: memberBlob,
		after: list(id),
	},
	'meeting.end': { as: optional(id), meeting: id },
} as const;

/** What the member blob of an attendance holds: who signed in, how, and when (claimed milliseconds). */
export const attendanceField = list(tuple(id, oneOf(['self', 'roll-call']), uint), 20_000);
export type AttendanceNote = readonly [member: MemberId, how: 'self' | 'roll-call', at: number];
