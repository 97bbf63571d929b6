import type { MemberId, RecordId, TopicId } from '../kernel/ids.ts';

export interface Publication {
	/** The `publish` record. */
	readonly id: RecordId;
	readonly topic: TopicId;
	readonly close: RecordId | undefined;
	readonly consensus: RecordId | undefined;
	readonly minutes: RecordId;
	readonly text: RecordId;
	readonly publisher: MemberId | undefined;
	/** Members who cosigned it. */
	readonly cosigners: readonly MemberId[];
	readonly current: boolean;
	/** PUB-2: a teller has cosigned, and what it names stands. */
	readonly stands: boolean;
	/** Claimed milliseconds; for display. */
	readonly at: number;
}
