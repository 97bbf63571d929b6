import type { PaperChoice } from '#core/polls/records.ts';
import { countWord } from './count-words.ts';
import { choiceWord } from './words.ts';

/** A paper can also be spoiled. */
export const paperWord = (choice: PaperChoice): string =>
	choice === 'spoiled' ? countWord(choice) : choiceWord(choice);
