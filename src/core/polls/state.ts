import type { BlobHash, DeviceKey, MemberId, PollId, RecordId, TopicId } from '../kernel/ids.ts';
import type { Counts } from './counts.ts';
import type { Decision } from './decision.ts';
import type { PollForm, UnitKind } from './records.ts';
import type { RollUnit } from './roll.ts';
import type { DecisionRule } from './rule.ts';

export interface Closing {
	readonly id: RecordId;
	readonly closer: MemberId | undefined;
	readonly list: BlobHash;
	readonly declared: Counts;
	readonly attendance: RecordId | undefined;
	/** The stations' seals it rests on, and the stations it counts without one, with the reason. */
	readonly seals: readonly RecordId[];
	readonly without: readonly (readonly [station: RecordId, reason: string])[];
	readonly supersedes: RecordId | undefined;
	/** Distinct tellers of the poll who certified, the closer left out. */
	readonly certifiers: readonly MemberId[];
	/** In its own view (POLL-14). */
	readonly certified: boolean;
	/** Certified in its own view, and no longer under all revocations that are held: shown in red, and it stands. */
	readonly disputed: boolean;
	/** The revocations it took into account. */
	readonly revs: readonly RecordId[];
	/** Members who object to it, and the ballot they miss. */
	readonly objections: readonly Objection[];
	/** The rule applied to the declared counts. */
	readonly decision: Decision;
}
export interface Objection {
	readonly id: RecordId;
	readonly member: MemberId | undefined;
	readonly ballot: RecordId | undefined;
}

/**
 * `closed` is provisional; `contested` means two certified closings neither of which supersedes the other (no outcome).
 * `roll-missing` waits for the blob; `roll-invalid` never becomes a poll.
 */
export type PollStatus = 'open' | 'closed' | 'certified' | 'contested' | 'cancelled' | 'roll-missing' | 'roll-invalid';

export interface Poll {
	readonly id: PollId;
	readonly topic: TopicId;
	/** The `text.freeze` that is voted on. */
	readonly text: RecordId;
	readonly question: string;
	readonly form: PollForm;
	/** Of a motion the answers allowed, of a choice the options' names. */
	readonly options: readonly string[];
	readonly rule: DecisionRule;
	readonly unit: UnitKind;
	readonly roll: readonly RollUnit[] | undefined;
	readonly n: number;
	/** The members of each group that the rule asks for; undefined while the blob is not held or is not one. */
	readonly groups: readonly Group[] | undefined;
	readonly presentOnly: boolean;
	readonly tellers: readonly MemberId[];
	readonly q: number;
	readonly stations: readonly MemberId[];
	/** Devices of the roll's members at opening; undefined while the blob is not held. */
	readonly devices: readonly DeviceKey[] | undefined;
	/** The poll it is the second round of, or whose choice it asks to keep. */
	readonly follows: { readonly poll: RecordId; readonly as: 'run-off' | 'keep' } | undefined;
	readonly closesAt: number | undefined;
	readonly openedBy: MemberId | undefined;
	readonly at: number;
	readonly closings: readonly Closing[];
	readonly status: PollStatus;
	/** The closing that stands: certified and not superseded by a certified one. */
	readonly standing: Closing | undefined;
}
export interface Group {
	readonly name: string;
	readonly members: readonly MemberId[];
}
