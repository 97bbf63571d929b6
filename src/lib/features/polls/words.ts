import { CHOICES, type Choice } from '#core/polls/records.ts';
import type { MemberId } from '#core/kernel/ids.ts';
import type { BallotWish } from '#core/polls/casting.ts';
import type { Poll } from '#core/polls/state.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import type { Workspace } from '#lib/session/workspace.svelte.ts';
import type { ChoiceTone } from '#lib/ui/types.ts';

export const CHOICE_WORDS: Readonly<Record<Choice, () => string>> = {
	approve: m.poll_approve,
	reject: m.poll_reject,
	abstain: m.poll_abstain,
};
export const CHOICE_TONES: Readonly<Record<Choice, ChoiceTone>> = {
	approve: 'agree',
	reject: 'against',
	abstain: 'abstain',
};
export const choiceWord = (choice: Choice): string => CHOICE_WORDS[choice]();

/** What a ballot says: 同意, or the options it picks; 1. 保洁、2. 停车 where they are ranked. */
export function wishWords({ form, options }: Poll, { choice, picks = [] }: BallotWish): string {
	if (form === 'motion' || choice === 'abstain') return choiceWord(choice);
	if (choice === 'reject') return m.poll_none_of_these();
	const names = picks.map((pick, index) => (form === 'ranked' ? `${index + 1}. ${options[pick]}` : options[pick]));
	return names.join(m.list_comma());
}

/** For the list of radio buttons. */
export const choicesOf = (options: readonly string[]) =>
	CHOICES.filter((choice) => options.includes(choice)).map((value) => ({
		value,
		label: choiceWord(value),
		tone: CHOICE_TONES[value],
	}));

/** The people of some voting units. */
export const membersOf = ({ roll = [] }: Poll, units: readonly string[]): readonly MemberId[] =>
	roll.filter(({ unit }) => units.includes(unit)).flatMap(({ members }) => members);

/** 张秀英、李建国 */
export const namesOf = (workspace: Workspace, members: readonly (MemberId | undefined)[]): string =>
	members.map((member) => workspace.nameOf(member)).join(m.list_comma());
