import type { RecordId, TopicId } from '../kernel/ids.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Minutes } from '../minutes/state.ts';
import type { Poll } from '../polls/state.ts';
import type { Gate, Procedure } from '../procedures/definition.ts';
import { firstStep } from '../procedures/engine.ts';
import type { Topic } from './state.ts';

/** The step a topic is in; undefined while several stage records stand and none names them all. */
export function currentStep(topic: Topic, procedure: Procedure): string | undefined {
	if (topic.stages.length > 1) return undefined;
	return topic.stages[0]?.stage ?? firstStep(procedure);
}

export function pollsOf(state: CornerState, topic: TopicId): readonly Poll[] {
	return [...state.polls.values()].filter((poll) => poll.topic === topic);
}

/** Minutes of a topic that nobody replaced. */
export function minutesOf(state: CornerState, topic: TopicId): readonly Minutes[] {
	return [...state.minutes.values()].filter((minutes) => minutes.topic === topic && minutes.current);
}

/** Those of a topic's polls that no certified one follows: what they decided is the last word. */
export function lastWords(polls: readonly Poll[]): readonly Poll[] {
	const followed = new Set(polls.filter(({ standing }) => standing).map(({ follows }) => follows?.poll));
	return polls.filter(({ id }) => !followed.has(id));
}

/** The poll on the text that stands now, whose certified closing passed and which no certified one follows (CHOICE-5). */
export function passedPoll(state: CornerState, topic: Topic): Poll | undefined {
	return lastWords(pollsOf(state, topic.id)).find(
		({ text, standing }) => isStandingText(topic, text) && standing?.decision.outcome === 'passed',
	);
}

/** PROC-3: which gates the ledger has opened for a topic. */
export function openGates(state: CornerState, topic: Topic): ReadonlySet<Gate> {
	const agreed = [...state.consensus.values()].some(
		({ topic: id, text, stands }) => id === topic.id && stands && isStandingText(topic, text),
	);
	const open: Readonly<Record<Gate, boolean>> = {
		'text-frozen': topic.texts.length === 1,
		decided: agreed || passedPoll(state, topic) !== undefined,
		'minutes-approved': minutesOf(state, topic.id).some(({ approval }) => approval !== undefined),
	};
	return new Set((Object.keys(open) as Gate[]).filter((gate) => open[gate]));
}

/** Several current frozen texts are a fork, and no gate passes on a fork. */
export function isStandingText(topic: Topic, text: RecordId): boolean {
	return topic.texts.length === 1 && topic.texts[0]?.id === text;
}
