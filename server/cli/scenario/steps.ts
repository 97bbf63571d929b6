import type { RecordId, TopicId } from '#core/kernel/ids.ts';
import { approveMinutes, freezeMinutes } from '#core/minutes/acts.ts';
import { cosign } from '#core/polls/acts.ts';
import { freezeProposal } from '#core/proposals/acts.ts';
import { freezeText, type RichText } from '#core/proposals/text.ts';
import { publishOutcome } from '#core/publication/acts.ts';
import { consideredOn } from '#core/publication/considered.ts';
import { publishableParts } from '#core/publication/rules.ts';
import { enterStep } from '#core/topics/acts.ts';
import type { Topic } from '#core/topics/state.ts';
import type { Person, StoryCorner } from './people.ts';

export const DAY = 24 * 60 * 60 * 1000;

export function topicOf(corner: StoryCorner, id: TopicId): Topic {
	const topic = corner.state.topics.get(id);
	if (!topic) throw new Error('The story lost its topic');
	return topic;
}

/** The convener moves the topic on, some days later. */
export function enter(corner: StoryCorner, topic: TopicId, stage: string, daysLater: number): void {
	corner.at += daysLater * DAY;
	corner.act(corner.founder, (composer) =>
		enterStep(composer, corner.grantOf('convener'), topicOf(corner, topic), stage, []),
	);
}

export function freeze(corner: StoryCorner, topic: TopicId, text: RichText): RecordId {
	const frozen = mustFreeze(text);
	return corner.act(corner.founder, (composer) =>
		freezeProposal(composer, corner.grantOf('convener'), topicOf(corner, topic), frozen, '00'.repeat(32)),
	);
}

/** Written by the secretary, agreed to by the others, approved by the convener. */
export function approveTogether(
	corner: StoryCorner,
	topic: TopicId,
	secretary: Person,
	others: readonly Person[],
	text: RichText,
): void {
	const frozen = mustFreeze(text);
	const id = corner.act(secretary, (composer) =>
		freezeMinutes(composer, corner.grantOf('secretary', secretary), topic, frozen, []),
	);
	for (const member of others) corner.act(member, (composer) => cosign(composer, undefined, id, 'approve'));
	const minutes = corner.state.minutes.get(id);
	if (!minutes) throw new Error('The story lost its minutes');
	corner.act(corner.founder, (composer) => approveMinutes(composer, corner.grantOf('convener'), minutes));
}

/** The convener publishes, the teller seconds. */
export function publish(corner: StoryCorner, topic: TopicId, teller: Person): void {
	const subject = topicOf(corner, topic);
	const parts = publishableParts(corner.state, subject);
	if (!parts) throw new Error('The story came to nothing that could be published');
	const as = corner.grantOf('convener');
	const considered = consideredOn(corner.state, subject);
	const id = corner.act(corner.founder, (composer) => publishOutcome(composer, as, parts, [], considered));
	corner.act(teller, (composer) => cosign(composer, undefined, id, 'approve'));
}

function mustFreeze(text: RichText): Uint8Array {
	const frozen = freezeText(text);
	if (!frozen.ok) throw new Error('The story holds a text that cannot be frozen');
	return frozen.value;
}
