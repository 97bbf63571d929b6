import type { CornerState } from '../ledger/fold.ts';
import type { Poll } from '../polls/state.ts';
import { isStandingText, lastWords, openGates, pollsOf } from '../topics/selectors.ts';
import type { Topic } from '../topics/state.ts';

/**
 * PUB-14: the vote with which a topic ended without anything being adopted: what was last said on its text is no, and
 * nobody is being asked again.
 */
export function failedPoll(state: CornerState, topic: Topic): Poll | undefined {
	const polls = pollsOf(state, topic.id);
	const isAskedAgain = polls.some(({ status }) => status === 'open' || status === 'closed');
	if (isAskedAgain || openGates(state, topic).has('decided')) return undefined;
	return lastWords(polls).findLast((poll) => isStandingText(topic, poll.text) && outcomeOf(poll) === 'not-passed');
}

/** BUNDLE-14: a certified vote that followed says something else, or the same text was adopted after all. */
export function isOvertaken(state: CornerState, poll: Poll): boolean {
	const last = lastWords(pollsOf(state, poll.topic));
	const isAdopted = last.some((one) => one.text === poll.text && outcomeOf(one) === 'passed');
	return !last.includes(poll) || (outcomeOf(poll) === 'not-passed' && isAdopted);
}

const outcomeOf = ({ standing }: Poll) => standing?.decision.outcome;
