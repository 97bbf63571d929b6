import type { BlobHash, DeviceKey, MemberId, PollId, RecordId, TopicId } from '../kernel/ids.ts';
import type { Choice, MajorityRule, SevenCounts } from './records.ts';
import type { Decision } from './decision.ts';
import type { RollUnit } from './roll.ts';

export interface Closing {
	readonly id: RecordId;
	readonly closer: MemberId | undefined;
	readonly list: BlobHash;
	readonly declared: SevenCounts;
	readonly attendance: RecordId | undefined;
	readonly supersedes: RecordId | undefined;
	/** Distinct tellers of the poll who certified, the closer left out. */
	readonly certifiers: readonly MemberId[];
	/** In its own view (POLL-14). */
	readonly certified: boolean;
	/** Certified in its own view, and no longer under all revocations that are held: shown in red, and it stands. */
	readonly disputed: boolean;
	/** The revocations it took into account. */
	readonly revs: readonly RecordId[];
	/** The rule applied to the declared counts. */
	readonly decision: Decision;
}

/**
 * `closed` is provisional; `contested` means two certified closings neither of which supersedes the other (no outcome).
 * `roll-missing` waits for the blob; `roll-invalid` never becomes a poll.
 */
export type PollStatus = 'open' | 'closed' | 'certified' | 'contested' | 'roll-missing' | 'roll-invalid';

export interface Poll {
	readonly id: PollId;
	readonly topic: TopicId;
	/** The `text.freeze` that is voted on. */
	readonly text: RecordId;
	readonly question: string;
	readonly options: readonly Choice[];
	readonly rule: MajorityRule;
	readonly roll: readonly RollUnit[] | undefined;
	readonly n: number;
	readonly presentOnly: boolean;
	readonly tellers: readonly MemberId[];
	readonly q: number;
	/** Devices of the roll's members at opening; undefined while the blob is not held. */
	readonly devices: readonly DeviceKey[] | undefined;
	readonly closesAt: number | undefined;
	readonly openedBy: MemberId | undefined;
	readonly at: number;
	readonly closings: readonly Closing[];
	readonly status: PollStatus;
	/** The closing that stands: certified and not superseded by a certified one. */
	readonly standing: Closing | undefined;
}
