import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { conveneMeeting, endMeeting, openMeeting, takeAttendance } from '#core/meetings/acts.ts';
import { castBallot } from '#core/polls/casting.ts';
import { closePoll, cosign, countHands, openPoll, type PollPlan } from '#core/polls/acts.ts';
import { countNow } from '#core/polls/audit.ts';
import { ruleProfile, type RuleProfile } from '#core/polls/profiles.ts';
import type { Choice } from '#core/polls/records.ts';
import type { Person } from '../../../server/cli/scenario/people.ts';
import { must } from '../../support/must.ts';
import { WrittenChronicle, type Frozen } from './written-chronicle.ts';

export const PASSED: readonly Choice[] = [...Array<Choice>(8).fill('approve'), 'reject', 'abstain'];
export const NOT_PASSED: readonly Choice[] = [...Array<Choice>(3).fill('approve'), ...Array<Choice>(7).fill('reject')];

export interface Voted {
	readonly topic: TopicId;
	readonly poll: PollId;
}

/** Meetings and votes, held as the story's people would hold them. */
export class VotedChronicle extends WrittenChronicle {
	/** Everybody with a phone: the convener, both tellers, the voters. */
	get voters(): readonly Person[] {
		const { convener, tellerOne, tellerTwo, voters } = this.people;
		return [convener, tellerOne, tellerTwo, ...voters];
	}

	convene(topics: readonly TopicId[], time: string): RecordId {
		return this.asConvener((composer, as) => conveneMeeting(composer, as, { topics, time, place: '社区茶亭' }));
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

	openVote(title: string, rule: RuleProfile['id'], closesAt?: number): Voted {
		return this.openVoteOn(this.freeze(title), title, rule, closesAt);
	}

	openVoteOn(frozen: Frozen, title: string, rule: RuleProfile['id'], closesAt?: number): Voted {
		const plan = { profile: must(ruleProfile(rule)), question: `是否同意${title}？` };
		return this.open(frozen, { ...plan, ...(closesAt === undefined ? {} : { closesAt }) });
	}

	/** What the plan leaves out is as the app would have it: everybody votes, and two of all tellers certify. */
	open({ topic, text }: Frozen, plan: Pick<PollPlan, 'profile' | 'question'> & Partial<PollPlan>): Voted {
		const { members, devices, grants } = this.corner.state.roster;
		const usual = {
			...{ topic, text, q: 2, voters: [...members.keys()], devices: [...devices.keys()] },
			tellers: grants.filter(({ role }) => role === 'teller').map(({ member }) => member),
		};
		return { topic, poll: this.asConvener((composer, as) => openPoll(composer, as, { ...usual, ...plan })) };
	}

	/** The first item is being voted on, the second is closed and not yet certified. */
	meet(voting: Voted, counting: Voted): RecordId {
		const corner = this.corner;
		const { members, devices } = corner.state.roster;
		const withDevice = new Set([...devices.values()].flat().map(({ member }) => member));
		const withoutDevice = [...members.keys()].filter((member) => !withDevice.has(member));
		const topics = [voting.topic, counting.topic];
		const { meeting, attendance } = this.hold(topics, '2026-11-28T19:00', [...members.keys()]);
		this.cast(voting.poll, ['approve', 'approve', 'reject', 'approve']);
		const hands = { approve: withoutDevice.length, reject: 0, abstain: 0, spoiled: 0 };
		corner.act(this.people.tellerOne, (composer) => countHands(composer, voting.poll, withoutDevice, hands, []));
		this.cast(counting.poll, PASSED);
		this.close(counting.poll, attendance);
		return meeting;
	}

	/** Voted on without a meeting, counted and certified. */
	decide(title: string, choices: readonly Choice[]): Voted {
		const voted = this.openVote(title, 'R12-all');
		this.cast(voted.poll, choices);
		this.certify(this.close(voted.poll));
		return voted;
	}

	cast(poll: PollId, choices: readonly Choice[]): void {
		choices.forEach((choice, index) =>
			this.corner.act(must(this.voters[index]), (composer) => castBallot(composer, poll, choice, [])),
		);
	}

	close(poll: PollId, attendance?: RecordId): RecordId {
		const { standing, state } = this.corner;
		const taken = [...state.meetings.values()].flatMap(({ attendances }) => attendances);
		const present = taken.find(({ id }) => id === attendance)?.present;
		const { ids, tally } = countNow(standing, must(state.polls.get(poll)), present);
		const plan = { poll, ids, declared: tally.counts, ...(attendance === undefined ? {} : { attendance }) };
		return this.asConvener((composer, as) => closePoll(composer, as, plan));
	}

	certify(closing: RecordId): void {
		const { tellerOne, tellerTwo } = this.people;
		for (const teller of [tellerOne, tellerTwo])
			this.corner.act(teller, (composer) => cosign(composer, undefined, closing, 'certify'));
	}

	#callRoll(id: RecordId, present: readonly MemberId[]): RecordId {
		const meeting = must(this.corner.state.meetings.get(id));
		const notes = present.map((member) => [member, 'roll-call', this.corner.at] as const);
		const salt = this.corner.salt('roll call');
		return this.asConvener((composer, as) => takeAttendance(composer, as, meeting, present, notes, salt));
	}
}
