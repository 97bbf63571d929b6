import type { Choice } from '#core/polls/records.ts';
import type { MemberId } from '#core/kernel/ids.ts';
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

/** For the list of radio buttons. */
export const choicesOf = (options: readonly Choice[]) =>
	options.map((value) => ({ value, label: choiceWord(value), tone: CHOICE_TONES[value] }));

/** 张秀英、李建国 */
export const namesOf = (workspace: Workspace, members: readonly (MemberId | undefined)[]): string =>
	members.map((member) => workspace.nameOf(member)).join(m.list_comma());
