import type { ChoiceStates } from './choice-states.ts';
import { brief, choose, press, screen, tapOption, tick, untilShown, type Screen, type Step } from './screen.ts';
import type { Voted } from './voted-chronicle.ts';

/** Votes of the households among options, from the opening to whether to keep what was chosen. */
export function choiceScreens(now: ChoiceStates, planned: Voted['topic']): readonly Screen[] {
	const vote = ({ poll }: Voted): string => `/app/vote/${poll}`;
	const result = (voted: Voted): string => `${vote(voted)}/result`;
	const after = ({ topic, poll }: Voted): string => `/app/topics/${topic}/choose?after=${poll}`;
	const ranking = [tapOption(1), tapOption(0), press('choice_rank_undo'), tapOption(2)];
	return [
		screen('choice: open', 'convener', `/app/topics/${planned}/choose`),
		screen('choice: open a second round', 'convener', after(now.tied)),
		brief('choice: open, keep it?', 'convener', after(now.ranked)),
		screen('choice: pick one', 'member', vote(now.picking)),
		brief('choice: pick one, check', 'member', vote(now.picking), choose(1), press('poll_next_check')),
		screen('choice: pick any', 'member', vote(now.approving), tick(0)),
		screen('choice: rank', 'member', vote(now.ranking), ...ranking),
		screen('choice: rank, check', 'member', vote(now.ranking), ...ranking, press('poll_next_check')),
		brief('choice: household differs', 'member', vote(now.differing), castUnlessCast(1), untilShown('[role=status]')),
		brief('choice: keep it?', 'member', vote(now.keeping)),
		brief('choice: desk', 'convener', result(now.picking)),
		screen('choice: tied', 'convener', result(now.tied)),
		screen('choice: chosen in two rounds', 'member', result(now.ranked)),
		brief('choice: kept', 'member', result(now.kept)),
	];
}

/** The second time it is the receipt that is shown. */
export const castUnlessCast =
	(index: number): Step =>
	async (page, words) => {
		if ((await page.getByRole('radio').count()) === 0) return;
		for (const step of [choose(index), press('poll_next_check'), press('poll_submit')]) await step(page, words);
		await page.getByRole('heading', { level: 1, name: words('poll_receipt_title') }).waitFor();
	};
