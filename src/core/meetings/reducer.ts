import type { MeetingId, MemberId } from '../kernel/ids.ts';
import { decodeIdList, type BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { currentOf } from '../ledger/successors.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Attendance, Meeting } from './state.ts';

export function foldMeetings(ledger: LedgerReader, blobs: BlobSource): ReadonlyMap<MeetingId, Meeting> {
	const current = currentOf(ledger.ofType('meeting.convene'));
	return new Map(current.map((convened) => [convened.id, foldMeeting(ledger, blobs, convened)]));
}

function foldMeeting(ledger: LedgerReader, blobs: BlobSource, convened: LedgerRecord<'meeting.convene'>): Meeting {
	const { topics, time, place } = convened.body;
	const taken = ledger.citing(convened.id, 'meeting.attendance');
	return {
		id: convened.id,
		topics,
		time,
		place,
		status: statusOf(ledger, convened.id),
		convener: authorMember(ledger, convened),
		attendances: currentOf(taken).map((record) => attendance(record, blobs)),
	};
}

function statusOf(ledger: LedgerReader, meeting: MeetingId): Meeting['status'] {
	const named = (type: 'meeting.open' | 'meeting.end') =>
		ledger.ofType(type).some(({ body }) => body.meeting === meeting);
	if (named('meeting.end')) return 'ended';
	return named('meeting.open') ? 'open' : 'convened';
}

function attendance({ id, body }: LedgerRecord<'meeting.attendance'>, blobs: BlobSource): Attendance {
	return { id, blob: body.present, present: decodeIdList<MemberId>(blobs(body.present)) };
}
