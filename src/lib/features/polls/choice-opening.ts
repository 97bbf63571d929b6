import { followUpOf } from '#core/polls/following.ts';
import type { PollForm } from '#core/polls/records.ts';
import type { Poll } from '#core/polls/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

/** What the form for a vote of the households begins with. */
export interface ChoiceOpening {
	readonly title: string;
	readonly intro: string;
	readonly question: string;
	readonly form: PollForm;
	readonly options: readonly string[];
	readonly follows?: NonNullable<Poll['follows']>;
}

const LONGEST_QUESTION = 120;

export const firstChoice = (title: string): ChoiceOpening => ({
	title: m.choice_open_title(),
	intro: m.choice_open_intro(),
	question: m.choice_question_of({ title }).slice(0, LONGEST_QUESTION),
	form: 'single',
	options: [],
});

/** CHOICE-4, CHOICE-5: everything is filled in from the vote before; undefined where nothing follows from it. */
export function choiceAfter(poll: Poll): ChoiceOpening | undefined {
	const next = followUpOf(poll);
	if (!next) return undefined;
	const follows = { poll: poll.id, as: next.as };
	if (next.as === 'keep') {
		const question = m.choice_keep_question({ chosen: next.chosen });
		return {
			title: m.choice_keep_title(),
			intro: m.choice_keep_intro(),
			question,
			form: 'motion',
			options: [],
			follows,
		};
	}
	const question = m.choice_run_off_question({ question: poll.question }).slice(0, LONGEST_QUESTION);
	const { options } = next;
	return {
		title: m.choice_run_off_title(),
		intro: m.choice_run_off_intro(),
		question,
		form: 'single',
		options,
		follows,
	};
}
