import type { DeviceKey, MemberId, PollId, RecordId, TopicId } from '../kernel/ids.ts';
import { encodeIdList } from '../ledger/blobs.ts';
import { cited, type Composer } from '../ledger/composer.ts';
import type { RuleProfile } from './profiles.ts';
import { CHOICES, type Choice, type CosignKind, type SevenCounts } from './records.ts';
import { encodeRoll, memberRoll } from './roll.ts';

export interface PollPlan {
	readonly topic: TopicId;
	/** The `text.freeze` that is voted on. */
	readonly text: RecordId;
	readonly question: string;
	readonly profile: RuleProfile;
	readonly voters: readonly MemberId[];
	readonly tellers: readonly MemberId[];
	/** How many tellers must certify. */
	readonly q: number;
	/** The voters' devices at this moment. */
	readonly devices: readonly DeviceKey[];
	/** Claimed milliseconds; advice. */
	readonly closesAt?: number;
}

/** Fixes everything before the first ballot: text, rule, roll, tellers. */
export function openPoll(composer: Composer, as: RecordId | undefined, plan: PollPlan): PollId {
	const { topic, text, question, profile, voters, tellers, q, devices, closesAt } = plan;
	return composer.add('poll.open', {
		...cited(as),
		...{ topic, text, question, tellers, q },
		options: [...CHOICES],
		rule: profile.rule,
		roll: composer.blob(encodeRoll(memberRoll(voters))),
		n: voters.length,
		unit: 'member',
		...(profile.presentOnly ? { presentOnly: true } : {}),
		stations: [],
		devices: composer.blob(encodeIdList(devices)),
		...(closesAt === undefined ? {} : { closesAt }),
	});
}

/** `replaces`: every ballot of the own voter that is known here, so that the newest stands alone. */
export function castBallot(composer: Composer, poll: PollId, choice: Choice, replaces: readonly RecordId[]): RecordId {
	return composer.add('ballot', { poll, choice, replaces }, poll);
}

export function countHands(
	composer: Composer,
	poll: PollId,
	voters: readonly MemberId[],
	counts: Readonly<Record<Choice | 'spoiled', number>>,
	replaces: readonly RecordId[],
): RecordId {
	const blob = composer.blob(encodeIdList(voters));
	return composer.add('hand.count', { poll, voters: blob, counts, replaces }, poll);
}

export interface ClosingPlan {
	readonly poll: PollId;
	/** Every ballot and hand count that was counted. */
	readonly ids: readonly RecordId[];
	readonly declared: SevenCounts;
	/** The `meeting.attendance` a rule counting only those present rests on. */
	readonly attendance?: RecordId | undefined;
	/** The closing this one corrects. */
	readonly supersedes?: RecordId | undefined;
}

export function closePoll(composer: Composer, as: RecordId | undefined, plan: ClosingPlan): RecordId {
	const { poll, ids, declared, attendance, supersedes } = plan;
	return composer.add('poll.close', {
		...cited(as),
		...{ poll, list: composer.blob(encodeIdList(ids)), n: ids.length, declared },
		...(attendance === undefined ? {} : { attendance }),
		...(supersedes === undefined ? {} : { supersedes }),
		...{ seals: [], without: [], revs: composer.revocations },
	});
}

/** `scope`: the poll for a hand count, null for everything in structure. */
export function cosign(
	composer: Composer,
	as: RecordId | undefined,
	target: RecordId,
	kind: CosignKind,
	scope: PollId | null = null,
): RecordId {
	return composer.add('cosign', { ...cited(as), target, kind }, scope);
}

export function signReceipt(composer: Composer, poll: PollId, ids: readonly RecordId[]): RecordId {
	return composer.add('receipt', { ids }, poll);
}
