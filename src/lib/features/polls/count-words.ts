import type { CountName } from '#core/polls/counts.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { CHOICE_WORDS } from './words.ts';

const COUNT_WORDS: Readonly<Record<CountName, () => string>> = {
	...CHOICE_WORDS,
	eligible: m.poll_count_eligible,
	present: m.poll_count_present,
	spoiled: m.poll_count_spoiled,
	notVoted: m.poll_count_not_voted,
};
export const countWord = (count: CountName): string => COUNT_WORDS[count]();
