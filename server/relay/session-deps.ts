import type { CloseReason } from '#core/wire/close-codes.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import type { Room as RoomName } from '#core/wire/rooms.ts';
import type { Log } from '../log.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { Grid } from './grids.ts';
import type { RelayIdentity } from './identity.ts';
import type { Session } from './session.ts';

/** The room of a connection, the host that was dialed, which the proof must name, and the address it came from. */
export interface Arrival {
	readonly name: RoomName;
	readonly host: string;
	readonly address: string;
}

/** What a session needs of the relay around it. */
export interface SessionDeps {
	readonly queue: CommitQueue;
	readonly log: Log;
	/** Milliseconds of a clock that nobody sets. */
	readonly elapsed: () => number;
	readonly identity: RelayIdentity;
	/** A proven session is about to be let in; answers why it must not be after all. */
	readonly entering: (session: Session) => CloseReason | undefined;
	/** What is asked about drafts beside y-websocket's messages. */
	readonly hearDraft: (session: Session, grid: Grid, message: DraftMessage) => CloseReason | undefined;
	readonly ended: (session: Session) => void;
}
