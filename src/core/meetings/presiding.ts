import type { MeetingId, MemberId, RecordId, TopicId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { citedGrant } from '../roster/authorship.ts';
import { mayAuthor } from '../roster/permissions.ts';
import type { Roster } from '../roster/state.ts';
import type { Meeting } from './state.ts';

/** MEET-2: who acts as the chair of a meeting acts in that meeting, or on a topic of its agenda. */
export function staysInMeeting(ledger: LedgerReader, record: LedgerRecord): boolean {
	const grant = ledger.find(citedGrant(record), 'role.grant');
	if (grant?.body.role !== 'chair' || mayAuthor(record.type, 'member')) return true;
	const meeting = ledger.find(grant.body.meeting, 'meeting.convene');
	const topic = topicOf(ledger, record);
	return meetingOf(record) === meeting?.id || (topic !== undefined && (meeting?.body.topics.includes(topic) ?? false));
}

const meetingOf = ({ body }: LedgerRecord): MeetingId | undefined => ('meeting' in body ? body.meeting : undefined);

function topicOf(ledger: LedgerReader, { body }: LedgerRecord): TopicId | RecordId | undefined {
	if ('topic' in body) return body.topic;
	return 'poll' in body ? ledger.find(body.poll, 'poll.open')?.body.topic : undefined;
}

/** Members who were asked to preside over a meeting. */
export function chairsOf({ grants }: Roster, { id }: Meeting): readonly MemberId[] {
	return grants.filter(({ role, meeting }) => role === 'chair' && meeting === id).map(({ member }) => member);
}
