import type { DeviceKey, MemberId, PollId, RecordId, TopicId } from '../kernel/ids.ts';
import { encodeIdList } from '../ledger/blobs.ts';
import { cited, given, type Composer } from '../ledger/composer.ts';
import type { Counts } from './counts.ts';
import { encodeGroups } from './groups.ts';
import type { RuleProfile } from './profiles.ts';
import { CHOICES, type CANCEL_REASONS, type CosignKind, type PaperChoice, type PollForm } from './records.ts';
import { encodeRoll, memberRoll, type RollUnit } from './roll.ts';
import type { DecisionRule } from './rule.ts';
import type { Group, Poll } from './state.ts';

export interface PollPlan {
	readonly topic: TopicId;
	/** The `text.freeze` that is voted on. */
	readonly text: RecordId;
	readonly question: string;
	readonly profile: RuleProfile;
	/** What was set differently from the profile: proxies, silent votes and their clause. */
	readonly settings?: Partial<Pick<DecisionRule, 'silent' | 'clause' | 'proxies'>>;
	/** A choice among options; a motion unless given. */
	readonly choice?: { readonly form: Exclude<PollForm, 'motion'>; readonly options: readonly string[] };
	/** Members who each vote for themselves, or the units of a roll. */
	readonly voters: readonly MemberId[] | readonly RollUnit[];
	readonly groups?: readonly Group[];
	readonly tellers: readonly MemberId[];
	/** How many tellers must certify. */
	readonly q: number;
	/** Members who will seal what is cast where they are. */
	readonly stations?: readonly MemberId[];
	/** The voters' devices at this moment. */
	readonly devices: readonly DeviceKey[];
	readonly follows?: NonNullable<Poll['follows']>;
	/** Claimed milliseconds; advice. */
	readonly closesAt?: number;
}

/** Fixes everything before the first ballot: text, rule, roll, tellers, stations. */
export function openPoll(composer: Composer, as: RecordId | undefined, plan: PollPlan): PollId {
	const {
		topic,
		text,
		question,
		profile,
		choice,
		tellers,
		q,
		stations = [],
		devices,
		groups,
		follows,
		closesAt,
	} = plan;
	const units = plan.voters.map((voter) => (typeof voter === 'string' ? voterUnit(voter) : voter));
	return composer.add('poll.open', {
		...cited(as),
		...{ topic, text, question, tellers, q, stations },
		form: choice?.form ?? 'motion',
		options: choice?.options ?? [...CHOICES],
		rule: { ...profile.rule, ...plan.settings },
		roll: composer.blob(encodeRoll(units)),
		n: units.length,
		unit: profile.unit,
		...(groups ? { groups: composer.blob(encodeGroups(groups)) } : {}),
		...(profile.presentOnly ? { presentOnly: true } : {}),
		devices: composer.blob(encodeIdList(devices)),
		...(follows ? { follows: [follows.poll, follows.as] as const } : {}),
		...(closesAt === undefined ? {} : { closesAt }),
	});
}

const voterUnit = (member: MemberId): RollUnit => memberRoll([member])[0] as RollUnit;

export function cancelPoll(
	composer: Composer,
	as: RecordId | undefined,
	poll: PollId,
	reason: (typeof CANCEL_REASONS)[number],
): RecordId {
	return composer.add('poll.cancel', { ...cited(as), poll, reason });
}

export interface PaperEntry {
	readonly voter: MemberId;
	readonly unit?: string;
	readonly choice: PaperChoice;
	readonly picks?: readonly number[];
	/** What is printed on the paper. */
	readonly serial: string;
	readonly replaces: readonly RecordId[];
}

/** One paper, by the first teller; the second enters it anew and countersigns if both entries agree. */
export function enterPaper(composer: Composer, poll: PollId, entry: PaperEntry): RecordId {
	const { voter, unit, choice, picks, serial, replaces } = entry;
	return composer.add('paper.ballot', { poll, voter, choice, serial, replaces, ...given({ picks, unit }) }, poll);
}

export function countHands(
	composer: Composer,
	poll: PollId,
	voters: readonly MemberId[],
	counts: Readonly<Record<PaperChoice, number>>,
	replaces: readonly RecordId[],
): RecordId {
	const blob = composer.blob(encodeIdList(voters));
	return composer.add('hand.count', { poll, voters: blob, counts, replaces }, poll);
}

/** Lets another member vote: in one poll, on one topic, or until it is ended. */
export function giveProxy(
	composer: Composer,
	to: MemberId,
	within: { readonly poll?: PollId; readonly topic?: TopicId } = {},
): RecordId {
	return composer.add('proxy.give', { to, ...within });
}

export function endProxy(composer: Composer, proxy: RecordId): RecordId {
	return composer.add('proxy.end', { target: proxy });
}

/** What a station holds when its voting ends. */
export function sealStation(
	composer: Composer,
	poll: PollId,
	station: MemberId,
	ids: readonly RecordId[],
	prevSeal?: RecordId,
): RecordId {
	const seal = { poll, station, list: composer.blob(encodeIdList(ids)), n: ids.length };
	return composer.add('seal', { ...seal, ...given({ prevSeal }) }, poll);
}

export interface ClosingPlan {
	readonly poll: PollId;
	/** Everything that was counted. */
	readonly ids: readonly RecordId[];
	readonly declared: Counts;
	/** The `meeting.attendance` a rule counting only those present rests on. */
	readonly attendance?: RecordId | undefined;
	readonly seals?: readonly RecordId[];
	readonly without?: readonly (readonly [station: MemberId, reason: string])[];
	/** The closing this one corrects. */
	readonly supersedes?: RecordId | undefined;
}

export function closePoll(composer: Composer, as: RecordId | undefined, plan: ClosingPlan): RecordId {
	const { poll, ids, declared, attendance, seals = [], without = [], supersedes } = plan;
	return composer.add('poll.close', {
		...cited(as),
		...{ poll, list: composer.blob(encodeIdList(ids)), n: ids.length, declared, seals, without },
		...given({ attendance, supersedes }),
		revs: composer.revocations,
	});
}

/** `scope`: the poll for what lies in it, null for everything in structure. */
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

/** Against a closing; `ballot`: one that it does not list, `receipt`: what confirms that it was held (RELAY-58). */
export function objectTo(composer: Composer, closing: RecordId, ballot?: RecordId, receipt?: RecordId): RecordId {
	return composer.add('objection', { target: closing, ...given({ ballot, receipt }) });
}
