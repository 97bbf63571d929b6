import type { CallerRole } from '#core/roster/permissions.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';

/** How two sides come to know each other before a word of the grid is said. Whoever dialed proves itself first. */
export interface Door {
	/** Whether this relay dialed. */
	readonly isOutgoing: boolean;
	/** One frame while the connection is not open yet; answers how it must end, if it must. */
	hear(frame: Uint8Array): CloseReason | undefined;
	/** The other side is known as this, and in its room; answers what it said too early. */
	opened(role: CallerRole): readonly Uint8Array[];
	/** It ended. */
	closed(): void;
}
