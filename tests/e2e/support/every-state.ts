import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { conveneMeeting, openMeeting, takeAttendance } from '#core/meetings/acts.ts';
import { approveMinutes, freezeMinutes, recordConsensus } from '#core/minutes/acts.ts';
import { castBallot, closePoll, cosign, countHands, openPoll } from '#core/polls/acts.ts';
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

const DAY = 24 * 60 * 60 * 1000;
const STEPS = fiveStep.steps.map(({ id }) => id);
const CONSULTATION = STEPS.indexOf('consultation');
const PASSED: readonly Choice[] = [...Array<Choice>(8).fill('approve'), 'reject', 'abstain'];
const NOT_PASSED: readonly Choice[] = [...Array<Choice>(3).fill('approve'), ...Array<Choice>(7).fill('reject')];

interface Voted {
	readonly topic: TopicId;
	readonly poll: PollId;
}

/** A corner in the middle of its work: one topic for each state that a screen can show. */
export interface EveryState {
	readonly writing: TopicId;
	readonly planned: { readonly topic: TopicId; readonly meeting: RecordId };
	readonly meeting: RecordId;
	/** Open in the meeting, with a hand count that waits for the second teller. */
	readonly voting: Voted;
	/** Open without a meeting, with a deadline. */
	readonly remote: Voted;
	readonly counting: Voted;
	readonly decided: Voted;
	readonly rejected: Voted;
	readonly recorded: TopicId;
	readonly ready: TopicId;
	readonly seconding: TopicId;
	/** Proposed to be settled without a vote; one teller agrees, one member does not. */
	readonly agreeing: TopicId;
	/** Settled without a vote, with dissent that nobody has answered. */
	readonly settled: TopicId;
	/** Public, with a correction and a telephone number in it. */
	readonly corrected: TopicId;
	readonly withdrawn: TopicId;
}

/** Goes on telling after the guests have come in, so that they stand on the rolls. */
export function tellEveryState(story: ElderDayCare): EveryState {
	const teller = new Chronicle(story);
	const planned = teller.freeze('北门夜间改为刷卡进出');
	const meeting = teller.convene([planned.topic], '2026-12-05T19:00');
	const voting = teller.openVote('小区东侧空地建电动自行车集中充电棚', 'R12-present');
	const counting = teller.openVote('儿童游乐场换软质地面', 'R12-present');
	return {
		writing: teller.propose('3号楼前停车位重新划线'),
		planned: { topic: planned.topic, meeting },
		meeting: teller.meet(voting, counting),
		...{ voting, counting },
		remote: teller.openVote('每月第一个周六清理楼道堆物', 'R12-all', Date.now() + 2 * DAY),
		decided: teller.decide('没有电梯的楼加装楼道扶手', PASSED),
		rejected: teller.decide('广场舞改到晚上八点半以前结束', NOT_PASSED),
		recorded: teller.record('中心花园增加两处休息座椅').topic,
		ready: teller.announce('垃圾分类投放点改到早晚定时开放'),
		seconding: teller.publish('雨天给快递柜区搭遮雨棚').topic,
		agreeing: teller.settle('楼道照明改成声控灯', false),
		settled: teller.settle('单元门口加一块踏脚垫', true),
		corrected: teller.correct('二号楼前补种两棵树'),
		withdrawn: teller.withdraw('物业热线 0531-86012345 贴到每个单元'),
	};
}

class Chronicle {
	readonly #corner: StoryCorner;
	readonly #people: ElderDayCare['people'];
	readonly #voters: readonly Person[];

	constructor({ corner, people }: ElderDayCare) {
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

	freeze(title: string): { readonly topic: TopicId; readonly text: RecordId } {
		const topic = this.propose(title);
		const why = section('为什么提出', '不少邻居反映过这件事，社区也来看过现场。');
		const how = section('打算怎么办', `${title}。费用从公共收益里出，先试行三个月，再由居民议事会看效果。`);
		const text = this.#convener((composer, as) =>
			freezeProposal(composer, as, topicOf(this.#corner, topic), frozen(why, how), '00'.repeat(32)),
		);
		return { topic, text };
	}

	convene(topics: readonly TopicId[], time: string): RecordId {
		return this.#convener((composer, as) => conveneMeeting(composer, as, { topics, time, place: '社区茶亭' }));
	}

	openVote(title: string, rule: RuleProfile['id'], closesAt?: number): Voted {
		const { topic, text } = this.freeze(title);
		const profile = must(ruleProfile(rule));
		const { members, devices, grants } = this.#corner.state.roster;
		const poll = this.#convener((composer, as) =>
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

	/** Opened and the roll called; the first item is being voted on, the second is closed and not yet certified. */
	meet(voting: Voted, counting: Voted): RecordId {
		const corner = this.#corner;
		const meeting = this.convene([voting.topic, counting.topic], '2026-11-28T19:00');
		this.#convener((composer, as) => openMeeting(composer, as, meeting));
		const { members, devices } = corner.state.roster;
		const withDevice = new Set([...devices.values()].flat().map(({ member }) => member));
		const withoutDevice = [...members.keys()].filter((member) => !withDevice.has(member));
		const attendance = this.#callRoll(meeting, [...members.keys()]);
		this.#cast(voting.poll, ['approve', 'approve', 'reject', 'approve']);
		const hands = { approve: withoutDevice.length, reject: 0, abstain: 0, spoiled: 0 };
		corner.act(this.#people.tellerOne, (composer) => countHands(composer, voting.poll, withoutDevice, hands, []));
		this.#cast(counting.poll, PASSED);
		this.#close(counting.poll, attendance);
		return meeting;
	}

	/** Voted on without a meeting, counted and certified. */
	decide(title: string, choices: readonly Choice[]): Voted {
		const voted = this.openVote(title, 'R12-all');
		this.#cast(voted.poll, choices);
		const closing = this.#close(voted.poll);
		const { tellerOne, tellerTwo } = this.#people;
		for (const teller of [tellerOne, tellerTwo])
			this.#corner.act(teller, (composer) => cosign(composer, undefined, closing, 'certify'));
		return voted;
	}

	record(title: string): { readonly topic: TopicId; readonly minutes: RecordId } {
		const { topic } = this.decide(title, PASSED);
		const { tellerOne } = this.#people;
		const text = frozen(section('会议', '时间：11月20日 19:00', '地点：社区茶亭'), section('决定', `同意${title}。`));
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
		this.#convener((composer, as) => approveMinutes(composer, as, agreed));
		this.#advance(topic, CONSULTATION + 2, CONSULTATION + 2);
		return topic;
	}

	publish(title: string): { readonly topic: TopicId; readonly parts: OutcomeParts; readonly id: RecordId } {
		const topic = this.announce(title);
		const parts = must(publishableParts(this.#corner.state, topicOf(this.#corner, topic)));
		return { topic, parts, id: this.#convener((composer, as) => publishOutcome(composer, as, parts, [])) };
	}

	correct(title: string): TopicId {
		const { topic, parts, id } = this.publish(title);
		this.#approve(this.#people.tellerTwo, id);
		const reason = '树种写错了，已经改过来。';
		this.#approve(
			this.#people.tellerTwo,
			this.#convener((composer, as) => correctOutcome(composer, as, parts, reason, [id])),
		);
		return topic;
	}

	withdraw(title: string): TopicId {
		const { topic, id } = this.publish(title);
		this.#approve(this.#people.tellerTwo, id);
		this.#convener((composer, as) => withdrawOutcome(composer, as, topic, '号码写错了。', [id]));
		return topic;
	}

	/** To settle it without a vote; one member is against it. */
	settle(title: string, isRecorded: boolean): TopicId {
		const { topic, text } = this.freeze(title);
		const { convener, tellerOne, tellerTwo, voters } = this.#people;
		const against = must(voters[1]);
		const considered = [convener, tellerOne, tellerTwo].map((person) => this.#approve(person, text));
		considered.push(this.#corner.act(against, (composer) => cosign(composer, undefined, text, 'object')));
		if (!isRecorded) return topic;
		const words = { member: against.member, words: '晚上施工，影响孩子睡觉。', salt: this.#corner.salt('dissent') };
		this.#convener((composer, as) => recordConsensus(composer, as, topic, text, considered, [words]));
		return topic;
	}

	#approve(person: Person, target: RecordId): RecordId {
		return this.#corner.act(person, (composer) => cosign(composer, undefined, target, 'approve'));
	}

	#convener<T>(compose: (composer: Parameters<typeof openMeeting>[0], as: RecordId | undefined) => T): T {
		const { convener } = this.#people;
		return this.#corner.act(convener, (composer) => compose(composer, this.#corner.grantOf('convener')));
	}

	#advance(topic: TopicId, from: number, to: number): void {
		for (const step of STEPS.slice(from, to + 1))
			this.#convener((composer, as) => enterStep(composer, as, topicOf(this.#corner, topic), step, []));
	}

	#cast(poll: PollId, choices: readonly Choice[]): void {
		choices.forEach((choice, index) =>
			this.#corner.act(must(this.#voters[index]), (composer) => castBallot(composer, poll, choice, [])),
		);
	}

	#callRoll(id: RecordId, present: readonly MemberId[]): RecordId {
		const meeting = must(this.#corner.state.meetings.get(id));
		const notes = present.map((member) => [member, 'roll-call', this.#corner.at] as const);
		const salt = this.#corner.salt('roll call');
		return this.#convener((composer, as) => takeAttendance(composer, as, meeting, present, notes, salt));
	}

	#close(poll: PollId, attendance?: RecordId): RecordId {
		const { standing, state } = this.#corner;
		const taken = [...state.meetings.values()].flatMap(({ attendances }) => attendances);
		const present = taken.find(({ id }) => id === attendance)?.present;
		const { ids, tally } = countNow(standing, must(state.polls.get(poll)), present);
		const plan = { poll, ids, declared: tally.counts, ...(attendance === undefined ? {} : { attendance }) };
		return this.#convener((composer, as) => closePoll(composer, as, plan));
	}
}

function frozen(...sections: readonly ReturnType<typeof section>[]): Uint8Array {
	const bytes = freezeText(joinSections(...sections));
	if (!bytes.ok) throw new Error('The story holds a text that cannot be frozen');
	return bytes.value;
}

function must<T>(value: T | undefined): T {
	if (value === undefined) throw new Error('The story lost something it told');
	return value;
}
