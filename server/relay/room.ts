import type { CloseReason } from '#core/wire/close-codes.ts';
import type { Grid } from './grids.ts';
import type { Session } from './session.ts';

/** What a session speaks to once it is logged in. */
export interface Room {
	/** Whether somebody of this session's role has any business here. */
	admits(session: Session): boolean;
	enter(session: Session): void;
	/** One frame after login; answers how the session must end, if it must. */
	receive(session: Session, frame: Uint8Array): CloseReason | undefined;
	leave(session: Session): void;
}

/** What a proven key is let into, or how the connection ends. */
export type LoginOutcome = { readonly grid: Grid; readonly room: Room } | CloseReason;
