import type { DraftContent } from '#lib/session/acts/topics.ts';

/** The draft on screen as it is at the moment of reading; `freezeDraft` and `freeze` take it as it is. */
export interface DraftAccess extends DraftContent {
	readonly isEmpty: boolean;
}
