import { askToPersist } from '#lib/adapters/storage-manager.ts';
import { recall, remember } from './local-memory.ts';

const ASKED_KEY = 'council-corner-asked-to-persist';

/**
 * DEV-5: asks the browser, once for all, not to clear away what is kept here. After something was written and not on
 * arrival: only then does the question mean something, to the person and to a browser that decides by itself.
 */
export function askToPersistOnce(): void {
	if (wasAskedToPersist()) return;
	remember(ASKED_KEY, 'yes');
	void askToPersist();
}

export const wasAskedToPersist = (): boolean => recall(ASKED_KEY) !== undefined;
