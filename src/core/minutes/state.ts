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
/** Settled without a vote. */
export interface Consensus {
	readonly id: RecordId;
	readonly topic: TopicId;
	/** The `text.freeze` that is settled. */
	readonly text: RecordId;
	/** Members who agreed and whom the record names, its author left out. */
	readonly agreed: readonly MemberId[];
	readonly dissent: readonly Dissent[];
	/** CONS-3: who objected and is named nowhere: the objection came later, or was passed over. */
	readonly unheard: readonly MemberId[];
	/** MIN-2: enough have agreed, one of them a teller, and nobody's objection is passed over knowingly. */
	readonly stands: boolean;
	readonly at: number;
}
export interface Dissent {
	readonly member: MemberId;
	/** Member blob of `wordsField`. */
	readonly words: BlobHash;
	/** Text blobs, the oldest first. */
	readonly replies: readonly DissentReply[];
}
export interface DissentReply {
	readonly id: RecordId;
	readonly words: BlobHash;
	readonly at: number;
}
