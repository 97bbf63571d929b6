import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import type { Composer } from '#core/ledger/composer.ts';
import { conveneMeeting, endMeeting, openMeeting, takeAttendance } from '#core/meetings/acts.ts';
import { approveMinutes, freezeMinutes, recordConsensus } from '#core/minutes/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { closePoll, cosign, countHands, openPoll } from '#core/polls/acts.ts';
import { countNow } from '#core/polls/audit.ts';
import { ruleProfile, type RuleProfile } from '#core/polls/profiles.ts';
import type { Choice } from '#core/polls/records.ts';
import fiveStep from '#core/procedures/library/five-step-consultation.json' with { type: 'json' };
import { freezeProposal } from '#core/proposals/acts.ts';
import { freezeText, joinSections, section } from '#core/proposals/text.ts';
import { correctOutcome, publishOutcome, withdrawOutcome } from '#core/publication/acts.ts';
import { publishableParts } from '#core/publication/rules.ts';
import type { OutcomeParts } from '#core/publication/state.ts';
import { enterStep, openTopic } from '#core/topics/acts.ts';
import type { ElderDayCare } from '../../../server/cli/scenario/elder-day-care.ts';
import type { Person, StoryCorner } from '../../../server/cli/scenario/people.ts';
import { topicOf } from '../../../server/cli/scenario/steps.ts';
import { must } from '../../support/must.ts';

const STEPS = fiveStep.steps.map(({ id }) => id);
const CONSULTATION = STEPS.indexOf('consultation');
export const PASSED: readonly Choice[] = [...Array<Choice>(8).fill('approve'), 'reject', 'abstain'];
export const NOT_PASSED: readonly Choice[] = [...Array<Choice>(3).fill('approve'), ...Array<Choice>(7).fill('reject')];

export type Section = ReturnType<typeof section>;
type Told = Pick<ElderDayCare, 'corner' | 'people'>;
export interface Frozen {
	readonly topic: TopicId;
	readonly text: RecordId;
}
export interface Voted {
	readonly topic: TopicId;
	readonly poll: PollId;
}

/** Goes on telling a story as its convener, tellers and voters would write it, one state after another. */
export class Chronicle {
	readonly #corner: StoryCorner;
	readonly #people: ElderDayCare['people'];
	readonly #voters: readonly Person[];

	constructor({ corner, people }: Told) {
		this.#corner = corner;
		this.#people = people;
		this.#voters = [people.convener, people.tellerOne, people.tellerTwo, ...people.voters];
		corner.at = Date.now();
	}

	propose(title: string): TopicId {
		const procedure = { id: fiveStep.id, version: fiveStep.version, json: JSON.stringify(fiveStep) };
		const topic = this.#corner.act(this.#people.tellerTwo, (composer) =>
			openTopic(composer, { title, source: 'resident', procedure }),
		);
		this.#advance(topic, 1, CONSULTATION);
		return topic;
	}

	freeze(title: string): Frozen {
		const topic = this.propose(title);
		const why = section('为什么提出', '不少邻居反映过这件事，社区也来看过现场。');
		const how = section('打算怎么办', `${title}。费用从公共收益里出，先试行三个月，再由居民议事会看效果。`);
		const text = this.asConvener((composer, as) =>
			freezeProposal(composer, as, topicOf(this.#corner, topic), frozen(why, how), '00'.repeat(32)),
		);
		return { topic, text };
	}

	convene(topics: readonly TopicId[], time: string): RecordId {
		return this.asConvener((composer, as) => conveneMeeting(composer, as, { topics, time, place: '社区茶亭' }));
	}

	openVote(title: string, rule: RuleProfile['id'], closesAt?: number): Voted {
		return this.openVoteOn(this.freeze(title), title, rule, closesAt);
	}

	openVoteOn({ topic, text }: Frozen, title: string, rule: RuleProfile['id'], closesAt?: number): Voted {
		const profile = must(ruleProfile(rule));
		const { members, devices, grants } = this.#corner.state.roster;
		const poll = this.asConvener((composer, as) =>
			openPoll(composer, as, {
				...{ topic, text, profile, q: 2, question: `是否同意${title}？` },
				voters: [...members.keys()],
				tellers: grants.filter(({ role }) => role === 'teller').map(({ member }) => member),
				devices: [...devices.keys()],
				...(closesAt === undefined ? {} : { closesAt }),
			}),
		);
		return { topic, poll };
	}

	/** Convened, begun, and the roll called. */
	hold(
		topics: readonly TopicId[],
		time: string,
		present: readonly MemberId[],
	): { readonly meeting: RecordId; readonly attendance: RecordId } {
		const meeting = this.convene(topics, time);
		this.asConvener((composer, as) => openMeeting(composer, as, meeting));
		return { meeting, attendance: this.#callRoll(meeting, present) };
	}

	end(meeting: RecordId): void {
		this.asConvener((composer, as) => endMeeting(composer, as, meeting));
	}

	/** The first item is being voted on, the second is closed and not yet certified. */
	meet(voting: Voted, counting: Voted): RecordId {
		const corner = this.#corner;
		const { members, devices } = corner.state.roster;
		const withDevice = new Set([...devices.values()].flat().map(({ member }) => member));
		const withoutDevice = [...members.keys()].filter((member) => !withDevice.has(member));
		const topics = [voting.topic, counting.topic];
		const { meeting, attendance } = this.hold(topics, '2026-11-28T19:00', [...members.keys()]);
		this.cast(voting.poll, ['approve', 'approve', 'reject', 'approve']);
		const hands = { approve: withoutDevice.length, reject: 0, abstain: 0, spoiled: 0 };
		corner.act(this.#people.tellerOne, (composer) => countHands(composer, voting.poll, withoutDevice, hands, []));
		this.cast(counting.poll, PASSED);
		this.close(counting.poll, attendance);
		return meeting;
	}

	/** Voted on without a meeting, counted and certified. */
	decide(title: string, choices: readonly Choice[]): Voted {
		const voted = this.openVote(title, 'R12-all');
		this.cast(voted.poll, choices);
		const closing = this.close(voted.poll);
		const { tellerOne, tellerTwo } = this.#people;
		for (const teller of [tellerOne, tellerTwo])
			this.#corner.act(teller, (composer) => cosign(composer, undefined, closing, 'certify'));
		return voted;
	}

	/** `more`: sections of the minutes after what was decided. */
	record(title: string, ...more: readonly Section[]): { readonly topic: TopicId; readonly minutes: RecordId } {
		const { topic } = this.decide(title, PASSED);
		const { tellerOne } = this.#people;
		const meeting = section('会议', '时间：11月20日 19:00', '地点：社区茶亭');
		const text = frozen(meeting, section('决定', `同意${title}。`), ...more);
		const minutes = this.#corner.act(tellerOne, (composer) =>
			freezeMinutes(composer, this.#corner.grantOf('secretary', tellerOne), topic, text, []),
		);
		return { topic, minutes };
	}

	/** Minutes agreed to and approved; at the last step. */
	announce(title: string): TopicId {
		const { topic, minutes } = this.record(title);
		this.#advance(topic, CONSULTATION + 1, CONSULTATION + 1);
		const { tellerTwo, voters } = this.#people;
		for (const member of [tellerTwo, ...voters.slice(0, 2)])
			this.#corner.act(member, (composer) => cosign(composer, undefined, minutes, 'approve'));
		const agreed = must(this.#corner.state.minutes.get(minutes));
		this.asConvener((composer, as) => approveMinutes(composer, as, agreed));
		this.#advance(topic, CONSULTATION + 2, CONSULTATION + 2);
		return topic;
	}

	publish(title: string): { readonly topic: TopicId; readonly parts: OutcomeParts; readonly id: RecordId } {
		const topic = this.announce(title);
		const parts = must(publishableParts(this.#corner.state, topicOf(this.#corner, topic)));
		return { topic, parts, id: this.asConvener((composer, as) => publishOutcome(composer, as, parts, [])) };
	}

	correct(title: string): TopicId {
		const { topic, parts, id } = this.publish(title);
		this.approve(this.#people.tellerTwo, id);
		const reason = '树种写错了，已经改过来。';
		this.approve(
			this.#people.tellerTwo,
			this.asConvener((composer, as) => correctOutcome(composer, as, parts, reason, [id])),
		);
		return topic;
	}

	withdraw(title: string): TopicId {
		const { topic, id } = this.publish(title);
		this.approve(this.#people.tellerTwo, id);
		this.asConvener((composer, as) => withdrawOutcome(composer, as, topic, '号码写错了。', [id]));
		return topic;
	}

	/** To settle it without a vote; one member is against it. */
	settle(title: string, isRecorded: boolean): TopicId {
		const { topic, text } = this.freeze(title);
		const { convener, tellerOne, tellerTwo, voters } = this.#people;
		const against = must(voters[1]);
		const considered = [convener, tellerOne, tellerTwo].map((person) => this.approve(person, text));
		considered.push(this.#corner.act(against, (composer) => cosign(composer, undefined, text, 'object')));
		if (!isRecorded) return topic;
		const words = { member: against.member, words: '晚上施工，影响孩子睡觉。', salt: this.#corner.salt('dissent') };
		this.asConvener((composer, as) => recordConsensus(composer, as, topic, text, considered, [words]));
		return topic;
	}

	approve(person: Person, target: RecordId): RecordId {
		return this.#corner.act(person, (composer) => cosign(composer, undefined, target, 'approve'));
	}

	asConvener<T>(compose: (composer: Composer, as: RecordId | undefined) => T): T {
		const { convener } = this.#people;
		return this.#corner.act(convener, (composer) => compose(composer, this.#corner.grantOf('convener')));
	}

	cast(poll: PollId, choices: readonly Choice[]): void {
		choices.forEach((choice, index) =>
			this.#corner.act(must(this.#voters[index]), (composer) => castBallot(composer, poll, choice, [])),
		);
	}

	close(poll: PollId, attendance?: RecordId): RecordId {
		const { standing, state } = this.#corner;
		const taken = [...state.meetings.values()].flatMap(({ attendances }) => attendances);
		const present = taken.find(({ id }) => id === attendance)?.present;
		const { ids, tally } = countNow(standing, must(state.polls.get(poll)), present);
		const plan = { poll, ids, declared: tally.counts, ...(attendance === undefined ? {} : { attendance }) };
		return this.asConvener((composer, as) => closePoll(composer, as, plan));
	}

	#advance(topic: TopicId, from: number, to: number): void {
		for (const step of STEPS.slice(from, to + 1))
			this.asConvener((composer, as) => enterStep(composer, as, topicOf(this.#corner, topic), step, []));
	}

	#callRoll(id: RecordId, present: readonly MemberId[]): RecordId {
		const meeting = must(this.#corner.state.meetings.get(id));
		const notes = present.map((member) => [member, 'roll-call', this.#corner.at] as const);
		const salt = this.#corner.salt('roll call');
		return this.asConvener((composer, as) => takeAttendance(composer, as, meeting, present, notes, salt));
	}
}

function frozen(...sections: readonly Section[]): Uint8Array {
	const bytes = freezeText(joinSections(...sections));
	if (!bytes.ok) throw new Error('The story holds a text that cannot be frozen');
	return bytes.value;
}
