import type { MemberId, PollId, RecordId, TopicId } from '#core/kernel/ids.ts';
import { castBallot } from '#core/polls/casting.ts';
import { cosign, countHands } from '#core/polls/acts.ts';
import { ruleProfile } from '#core/polls/profiles.ts';
import { DAY } from '../../../server/cli/scenario/steps.ts';
import { must } from '../../support/must.ts';
import { PASSED, type Voted } from './voted-chronicle.ts';
import { residents } from './crowd-words.ts';
import type { CrowdedPast } from './crowded-past.ts';

/** What the screens of the crowded corner need to know of it. */
export interface Crowd {
	readonly published: TopicId;
	/** Under way: a long agenda and 120 who came. The first item is being voted on, the second is closed. */
	readonly meeting: RecordId;
	readonly voting: Voted;
	readonly counting: Voted;
	/** With long minutes that many have agreed to. */
	readonly recorded: TopicId;
	readonly draft: TopicId;
	readonly member: MemberId;
	/** A vote of the owners: being opened, with a flat for each of these people, and under way. */
	readonly owners: { readonly planned: TopicId; readonly roll: string; readonly voting: PollId };
}

/** What goes on today, with everybody who has come in by now on the rolls. */
export function tellCrowdedNow(past: CrowdedPast): Crowd {
	const { story, chronicle, frozen, published, drafts, withoutPhone } = past;
	story.corner.at = Date.now();
	const [inMeeting, closedInMeeting, ...others] = frozen;
	others.slice(0, 12).forEach((text, index) => {
		const closesAt = index % 2 === 0 ? Date.now() + (index + 1) * DAY : undefined;
		chronicle.openVoteOn(text, text.title, 'R12-all', closesAt);
	});
	for (const text of others.slice(12)) close(past, chronicle.openVoteOn(text, text.title, 'R12-all'));
	const voting = chronicle.openVoteOn(must(inMeeting), must(inMeeting).title, 'R12-present');
	const counting = chronicle.openVoteOn(must(closedInMeeting), must(closedInMeeting).title, 'R12-present');
	const agenda = [voting.topic, counting.topic, ...drafts.slice(0, 22)];
	return {
		...{ voting, counting, meeting: meet(past, agenda, voting, counting) },
		...{ published: must(published.at(-1)), recorded: agreeToMinutes(past) },
		...{ draft: must(drafts.at(-1)), member: must(withoutPhone[9]), owners: askOwners(past) },
	};
}

function askOwners({ chronicle }: CrowdedPast): Crowd['owners'] {
	const people = residents(290).map(
		({ name }, index) => `${1 + Math.floor(index / 100)}-${101 + (index % 100)}, 88.5, ${name}`,
	);
	const voters = [...chronicle.corner.roster.members.keys()].map((member, index) => {
		return { unit: `${1 + Math.floor(index / 100)}-${101 + (index % 100)}`, heads: 1, area: 8_850, members: [member] };
	});
	const plan = { profile: must(ruleProfile('R5')), question: '是否同意外墙保温改造使用维修资金？', voters };
	const { topic } = chronicle.freeze('屋面防水重新做一遍');
	const { poll } = chronicle.open(chronicle.freeze('外墙保温改造使用维修资金'), plan);
	return { planned: topic, roll: people.join('\n'), voting: poll };
}

function close({ chronicle }: CrowdedPast, { poll }: Voted, attendance?: RecordId): void {
	chronicle.cast(poll, PASSED);
	chronicle.close(poll, attendance);
}

/** Some of those who voted are not there, and some of those who are there are counted by hand. */
function meet(past: CrowdedPast, agenda: readonly TopicId[], voting: Voted, counting: Voted): RecordId {
	const { story, chronicle, phones, withoutPhone } = past;
	const { corner, people } = story;
	const withPhone = [...corner.roster.members.keys()].filter((member) => !withoutPhone.includes(member));
	const present = [...withPhone.slice(0, 80), ...withoutPhone.slice(0, 40)];
	const { meeting, attendance } = chronicle.hold(agenda, '2026-11-28T19:00', present);
	for (const { device, auth } of phones.slice(40, 90))
		corner.actUnder(device, auth, (composer) => castBallot(composer, voting.poll, 'approve', []));
	const hands = { approve: 25, reject: 0, abstain: 0, spoiled: 0 };
	corner.act(people.tellerOne, (composer) => countHands(composer, voting.poll, withoutPhone.slice(0, 25), hands, []));
	close(past, counting, attendance);
	return meeting;
}

function agreeToMinutes({ story, phones, recorded }: CrowdedPast): TopicId {
	const { topic, minutes } = must(recorded[0]);
	for (const { device, auth } of phones.slice(0, 80))
		story.corner.actUnder(device, auth, (composer) => cosign(composer, undefined, minutes, 'approve'));
	return topic;
}
