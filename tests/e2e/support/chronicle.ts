import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { approveMinutes, freezeMinutes, recordConsensus } from '#core/minutes/acts.ts';
import { cosign } from '#core/polls/acts.ts';
import { section } from '#core/proposals/text.ts';
import { correctOutcome, publishOutcome, withdrawOutcome } from '#core/publication/acts.ts';
import { publishableParts } from '#core/publication/rules.ts';
import type { OutcomeParts } from '#core/publication/state.ts';
import { topicOf } from '../../../server/cli/scenario/steps.ts';
import { must } from '../../support/must.ts';
import { PASSED, VotedChronicle } from './voted-chronicle.ts';
import { CONSULTATION, frozen, type Section } from './written-chronicle.ts';

/** Goes on telling a story as its people would write it: from a title to what is published, one state after another. */
export class Chronicle extends VotedChronicle {
	/** `more`: sections of the minutes after what was decided. */
	record(title: string, ...more: readonly Section[]): { readonly topic: TopicId; readonly minutes: RecordId } {
		const { topic } = this.decide(title, PASSED);
		const { tellerOne } = this.people;
		const meeting = section('会议', '时间：11月20日 19:00', '地点：社区茶亭');
		const text = frozen(meeting, section('决定', `同意${title}。`), ...more);
		const minutes = this.corner.act(tellerOne, (composer) =>
			freezeMinutes(composer, this.corner.grantOf('secretary', tellerOne), topic, text, []),
		);
		return { topic, minutes };
	}

	/** Minutes agreed to and approved; at the last step. */
	announce(title: string): TopicId {
		const { topic, minutes } = this.record(title);
		this.advance(topic, CONSULTATION + 1, CONSULTATION + 1);
		const { tellerTwo, voters } = this.people;
		for (const member of [tellerTwo, ...voters.slice(0, 2)])
			this.corner.act(member, (composer) => cosign(composer, undefined, minutes, 'approve'));
		const agreed = must(this.corner.state.minutes.get(minutes));
		this.asConvener((composer, as) => approveMinutes(composer, as, agreed));
		this.advance(topic, CONSULTATION + 2, CONSULTATION + 2);
		return topic;
	}

	publish(title: string): { readonly topic: TopicId; readonly parts: OutcomeParts; readonly id: RecordId } {
		const topic = this.announce(title);
		const parts = must(publishableParts(this.corner.state, topicOf(this.corner, topic)));
		return { topic, parts, id: this.asConvener((composer, as) => publishOutcome(composer, as, parts, [], [])) };
	}

	correct(title: string): TopicId {
		const { topic, parts, id } = this.publish(title);
		this.approve(this.people.tellerTwo, id);
		const reason = '树种写错了，已经改过来。';
		this.approve(
			this.people.tellerTwo,
			this.asConvener((composer, as) => correctOutcome(composer, as, parts, reason, [id], [])),
		);
		return topic;
	}

	withdraw(title: string): TopicId {
		const { topic, id } = this.publish(title);
		this.approve(this.people.tellerTwo, id);
		this.asConvener((composer, as) => withdrawOutcome(composer, as, topic, '号码写错了。', [id]));
		return topic;
	}

	/** To settle it without a vote; one member is against it. */
	settle(title: string, isRecorded: boolean): TopicId {
		const { topic, text } = this.freeze(title);
		const { convener, tellerOne, tellerTwo, voters } = this.people;
		const against = must(voters[1]);
		const considered = [convener, tellerOne, tellerTwo].map((person) => this.approve(person, text));
		considered.push(this.corner.act(against, (composer) => cosign(composer, undefined, text, 'object')));
		if (!isRecorded) return topic;
		const words = { member: against.member, words: '晚上施工，影响孩子睡觉。', salt: this.corner.salt('dissent') };
		this.asConvener((composer, as) => recordConsensus(composer, as, topic, text, considered, [words]));
		return topic;
	}
}
