import type { PaperReader } from '#core/polls/paper-units.ts';
import type { PaperChoice } from '#core/polls/records.ts';
import type { Poll } from '#core/polls/state.ts';
import type { PaperWish } from '#lib/session/acts/papers.ts';
import type { Workspace } from '#lib/session/workspace.svelte.ts';
import { countWord } from './count-words.ts';
import { choiceWord, wishWords } from './words.ts';

/** A paper can also be spoiled. */
export const paperWord = (choice: PaperChoice): string =>
	choice === 'spoiled' ? countWord(choice) : choiceWord(choice);

/** What a paper says, in a choice the options it picks. */
export const paperWishWords = (poll: Poll, { choice, picks = [] }: PaperWish): string =>
	choice === 'spoiled' ? countWord(choice) : wishWords(poll, { choice, picks });

/** Whom a paper can name, as this corner calls its places and people. */
export const readerOf = (workspace: Workspace): PaperReader => ({
	places: workspace.state.places,
	nameOf: (member) => workspace.nameOf(member),
});
