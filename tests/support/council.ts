import type { MeetingId, MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { possessionMessage } from '#core/ledger/signatures.ts';
import { conveneMeeting, endMeeting, openMeeting, takeAttendance } from '#core/meetings/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { closePoll, cosign, countHands, openPoll, type ClosingPlan, type PollPlan } from '#core/polls/acts.ts';
import { auditClosing, countNow, type Audit } from '#core/polls/audit.ts';
import { ruleProfile, type RuleProfile } from '#core/polls/profiles.ts';
import type { Choice, CosignKind } from '#core/polls/records.ts';
import type { Closing, Poll } from '#core/polls/state.ts';
import fiveStep from '#core/procedures/library/five-step-consultation.json' with { type: 'json' };
import { parseProcedure, type Procedure } from '#core/procedures/definition.ts';
import { freezeProposal } from '#core/proposals/acts.ts';
import { freezeText, textOf } from '#core/proposals/text.ts';
import { addWithoutDevice } from '#core/roster/acts.ts';
import { enterStep, openTopic } from '#core/topics/acts.ts';
import type { Topic } from '#core/topics/state.ts';
import { StoryCorner, type Person } from '../../server/cli/scenario/people.ts';
import { must } from './must.ts';

export const PROCEDURE_JSON = JSON.stringify(fiveStep);
export const PROCEDURE: Procedure = must(parsedProcedure());

/** A corner with people who have names, two tellers, and one member who has no phone. */
export class Council {
	readonly corner: StoryCorner;
	readonly convener: Person;
	/** 李建国 is also secretary. */
	readonly li: Person;
	readonly chen: Person;
	readonly zhao: Person;
	readonly sun: Person;
	readonly zhou: Person;
	readonly ma: MemberId;

	constructor(seed = 'council', cofounders: readonly string[] = []) {
		this.corner = new StoryCorner('演示·东风议事角', '王芳', seed, undefined, cofounders);
		this.convener = this.corner.founder;
		this.li = this.corner.welcome('李建国', '1号楼', 'teller', 'secretary');
		this.chen = this.corner.welcome('陈玉梅', '2号楼', 'teller');
		this.zhao = this.corner.welcome('赵秀英', '2号楼');
		this.sun = this.corner.welcome('孙德福', '3号楼');
		this.zhou = this.corner.welcome('周明', '3号楼');
		const card = { name: '马大爷', building: '5号楼' };
		this.ma = this.corner.act(this.convener, (composer) =>
			addWithoutDevice(composer, this.as, card, this.corner.salt('马大爷')),
		);
	}

	/** The convener's grant. */
	get as(): RecordId | undefined {
		return this.corner.grantOf('convener');
	}

	get everybody(): readonly Person[] {
		return [this.convener, this.li, this.chen, this.zhao, this.sun, this.zhou];
	}

	topic(title = '加装电梯', by = this.zhao): TopicId {
		const procedure = { id: 'five-step-consultation', version: '1', json: PROCEDURE_JSON };
		return this.corner.act(by, (composer) => openTopic(composer, { title, source: 'resident', procedure }));
	}

	topicState(id: TopicId): Topic {
		return must(this.corner.state.topics.get(id));
	}

	enter(topic: TopicId, stage: string): RecordId {
		return this.corner.act(this.convener, (composer) =>
			enterStep(composer, this.as, this.topicState(topic), stage, []),
		);
	}

	freeze(topic: TopicId, words = '在二单元加装电梯。'): RecordId {
		const text = frozen(words);
		return this.corner.act(this.convener, (composer) =>
			freezeProposal(composer, this.as, this.topicState(topic), text, '00'.repeat(32)),
		);
	}

	/** A meeting whose attendance names these members. */
	meeting(
		topic: TopicId,
		present: readonly MemberId[],
	): { readonly meeting: MeetingId; readonly attendance: RecordId } {
		const plan = { topics: [topic], time: '2015-10-21T19:00', place: '社区茶亭' };
		const meeting = this.corner.act(this.convener, (composer) => conveneMeeting(composer, this.as, plan));
		this.corner.act(this.convener, (composer) => openMeeting(composer, this.as, meeting));
		const convened = must(this.corner.state.meetings.get(meeting));
		const attendance = this.corner.act(this.convener, (composer) =>
			takeAttendance(composer, this.as, convened, present, [], this.corner.salt('attendance')),
		);
		this.corner.act(this.convener, (composer) => endMeeting(composer, this.as, meeting));
		return { meeting, attendance };
	}

	poll(
		topic: TopicId,
		profile: RuleProfile['id'] = 'R12-all',
		voters?: readonly MemberId[],
		text?: RecordId,
		more: Partial<PollPlan> = {},
	): PollId {
		const { roster } = this.corner.state;
		return this.corner.act(this.convener, (composer) =>
			openPoll(composer, this.as, {
				...{ topic, q: 2, question: '是否加装电梯？', text: text ?? this.freeze(topic) },
				profile: must(ruleProfile(profile)),
				voters: voters ?? [...roster.members.keys()],
				tellers: [this.li.member, this.chen.member],
				devices: [...roster.devices.keys()],
				...more,
			}),
		);
	}

	pollState(id: PollId): Poll {
		return must(this.corner.state.polls.get(id));
	}

	vote(person: Person, poll: PollId, choice: Choice, replaces: readonly RecordId[] = []): RecordId {
		return this.corner.act(person, (composer) => castBallot(composer, poll, choice, replaces));
	}

	hands(
		teller: Person,
		poll: PollId,
		voters: readonly MemberId[],
		counts: Partial<Record<Choice | 'spoiled', number>>,
		replaces: readonly RecordId[] = [],
	): RecordId {
		const all = { approve: 0, reject: 0, abstain: 0, spoiled: 0, ...counts };
		return this.corner.act(teller, (composer) => countHands(composer, poll, voters, all, replaces));
	}

	cosign(person: Person, target: RecordId, kind: CosignKind, scope: PollId | null = null): RecordId {
		return this.corner.act(person, (composer) => cosign(composer, undefined, target, kind, scope));
	}

	/** The closing an honest closer would write now, unless `plan` says otherwise. */
	close(poll: PollId, plan: Partial<ClosingPlan> = {}, closer = this.convener): RecordId {
		const { ids, tally } = this.count(poll, plan.attendance);
		const as = closer === this.convener ? this.as : undefined;
		return this.corner.act(closer, (composer) =>
			closePoll(composer, as, { poll, ids, declared: tally.counts, ...plan }),
		);
	}

	certify(close: RecordId, ...tellers: readonly Person[]): void {
		for (const teller of tellers) this.cosign(teller, close, 'certify');
	}

	count(poll: PollId, attendance?: RecordId): ReturnType<typeof countNow> {
		const taken = [...this.corner.state.meetings.values()].flatMap(({ attendances }) => attendances);
		const present = taken.find(({ id }) => id === attendance)?.present;
		return countNow(this.corner.standing, this.pollState(poll), present);
	}

	closing(poll: PollId, close: RecordId): Closing {
		return must(this.pollState(poll).closings.find(({ id }) => id === close));
	}

	audit(poll: PollId, close: RecordId): Audit {
		return auditClosing(this.corner.standing, this.pollState(poll), this.closing(poll, close));
	}

	/** A second phone, brought in by the first one. */
	secondPhone(person: Person, name = `${person.name}的平板`): Person {
		const device = this.corner.deviceFor(name);
		const via = this.corner.authorityOf(person);
		const pop = device.sign(possessionMessage(this.corner.grid, via, device.key));
		const { member } = person;
		this.corner.act(person, (composer) => composer.add('device.add', { member, key: device.key, via, pop }));
		return { name, device, member };
	}
}

export function frozen(...paragraphs: readonly string[]): Uint8Array {
	const text = freezeText(textOf(...paragraphs));
	if (!text.ok) throw new Error(text.error);
	return text.value;
}

function parsedProcedure(): Procedure | undefined {
	const parsed = parseProcedure(PROCEDURE_JSON);
	return parsed.ok ? parsed.value : undefined;
}
