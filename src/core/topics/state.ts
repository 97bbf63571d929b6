import type { BlobHash, MemberId, RecordId, TopicId } from '../kernel/ids.ts';
import type { Assent } from '../minutes/state.ts';
import type { ProcedureReference } from './records.ts';

export interface FrozenText {
	readonly id: RecordId;
	readonly blob: BlobHash;
	readonly at: number;
	/** What members say to settling it without a vote. */
	readonly assents: readonly Assent[];
}
export interface StageEntry {
	readonly id: RecordId;
	readonly stage: string;
	readonly at: number;
}
export interface Topic {
	readonly id: TopicId;
	readonly title: BlobHash;
	readonly source: string;
	readonly procedure: ProcedureReference;
	/** undefined when a founder key opened it. */
	readonly proposer: MemberId | undefined;
	/** Claimed milliseconds; for display. */
	readonly at: number;
	/** The stage records that nobody replaced; none means the procedure's first step. */
	readonly stages: readonly StageEntry[];
	/** Every stage record that has weight, in display order. */
	readonly history: readonly StageEntry[];
	/** Frozen texts that nobody replaced. */
	readonly texts: readonly FrozenText[];
}
