import { parseUnfinished, type UnfinishedFounding } from '#lib/adapters/founding-form.ts';
import { forget, recall, remember } from './local-memory.ts';

export type { UnfinishedFounding };

export const UNFINISHED_KEY = 'council-corner-founding';

/**
 * A founding that others were asked to join. A co-founder's answer may open the app anew, in another tab, so what was
 * typed and collected is remembered until genesis is signed. undefined when there is none.
 */
export const unfinishedFounding = (): UnfinishedFounding | undefined => parseUnfinished(recall(UNFINISHED_KEY));

export const rememberFounding = (founding: UnfinishedFounding): void =>
	remember(UNFINISHED_KEY, JSON.stringify(founding));

export const forgetFounding = (): void => forget(UNFINISHED_KEY);
