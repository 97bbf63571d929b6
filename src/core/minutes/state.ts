import type { BlobHash, MemberId, RecordId, TopicId } from '../kernel/ids.ts';

export interface Minutes {
	/** The `minutes.freeze` that members cosign. */
	readonly id: RecordId;
	readonly topic: TopicId;
	readonly blob: BlobHash;
	readonly author: MemberId | undefined;
	readonly assents: readonly Assent[];
	/** Nobody froze a later version that replaces this one. */
	readonly current: boolean;
	/** The `minutes.approve` that stands, if any (MIN-2). */
	readonly approval: RecordId | undefined;
}
export interface Assent {
	readonly id: RecordId;
	readonly member: MemberId;
	readonly kind: 'approve' | 'object';
}
export interface Consensus {
	readonly id: RecordId;
	readonly topic: TopicId;
	readonly text: RecordId;
	readonly stands: boolean;
}
