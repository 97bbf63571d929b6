import type { BlobHash, MeetingId, MemberId, RecordId, TopicId } from '../kernel/ids.ts';

export interface Attendance {
	readonly id: RecordId;
	/** Sorted ids; undefined while the blob is not held. */
	readonly present: readonly MemberId[] | undefined;
	readonly blob: BlobHash;
}
export interface Meeting {
	readonly id: MeetingId;
	/** The agenda, in order. */
	readonly topics: readonly TopicId[];
	/** Wall-clock text in Asia/Shanghai, `YYYY-MM-DDTHH:MM`. */
	readonly time: string;
	readonly place: string;
	readonly status: 'convened' | 'open' | 'ended';
	readonly convener: MemberId | undefined;
	/** Attendances that nobody replaced. */
	readonly attendances: readonly Attendance[];
}
