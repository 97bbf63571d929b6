import type { MemberId, RecordId, TopicId } from '../kernel/ids.ts';

/** What an outcome rests on. */
export interface OutcomeParts {
	readonly topic: TopicId;
	readonly text: RecordId;
	readonly minutes: RecordId;
	/** The certified `poll.close`; or else the `consensus`. */
	readonly close: RecordId | undefined;
	readonly consensus: RecordId | undefined;
}

/** One way of telling the public an outcome: published, to be published, or corrected. */
export interface Edition extends OutcomeParts {
	readonly publisher: MemberId | undefined;
	/** Claimed milliseconds; for display. */
	readonly at: number;
	/** Why it was corrected; undefined for a first publication. */
	readonly reason: string | undefined;
	/** Publications and withdrawals of this topic that it follows. */
	readonly after: readonly RecordId[];
}

/** What needs a teller beside its author. */
export interface Seconded {
	/** The record. */
	readonly id: RecordId;
	readonly topic: TopicId;
	readonly publisher: MemberId | undefined;
	/** Members who cosigned it. */
	readonly cosigners: readonly MemberId[];
	/** PUB-8: nothing that stands names it; and while it waits for a teller, no later edition does. */
	readonly current: boolean;
	readonly stands: boolean;
}

/** A `publish` or `publish.correct`. */
export interface Publication extends Edition, Seconded {
	/** PUB-2: a teller has cosigned, and what it names stands. */
	readonly stands: boolean;
	/** PUB-9: the withdrawal that hides it. */
	readonly hiddenBy: RecordId | undefined;
}

/** A `publish.withdraw`; its `publisher` is who withdraws. */
export interface Withdrawal extends Seconded {
	readonly reason: string;
	readonly at: number;
	/** Publications of this topic that it names. */
	readonly names: readonly RecordId[];
}
