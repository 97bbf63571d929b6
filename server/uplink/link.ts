import type { GridId } from '#core/kernel/ids.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { trunkRoom } from '#core/wire/rooms.ts';
import type { Drafts } from '../relay/drafts.ts';
import type { Grid } from '../relay/grids.ts';
import type { LedgerRoom } from '../relay/ledger-room.ts';
import { Session } from '../relay/session.ts';
import type { SessionDeps } from '../relay/session-deps.ts';
import type { RelaySocket } from '../relay/socket.ts';
import { Conversation } from './conversation.ts';
import { OutgoingDoor, type OutgoingDoorDeps } from './outgoing-door.ts';

/** What two relays of a grid speak of. */
export interface Carried {
	readonly grid: Grid;
	readonly trunk: LedgerRoom;
	readonly drafts: Drafts;
	readonly hearDraft: (session: Session, message: DraftMessage) => CloseReason | undefined;
}

/** Where another relay of a grid is dialed. */
export interface Call {
	readonly grid: GridId;
	/** As the other side sees it in the request: it is in what both sign. */
	readonly host: string;
}

/** Nobody was there, one of the two did not want to, or it was open before. */
export type LinkEnding = 'unreached' | 'refused' | 'left';

export interface LinkDeps
	extends Omit<SessionDeps, 'entering' | 'hearDraft' | 'ended'>, Pick<OutgoingDoorDeps, 'verifier' | 'introduction'> {
	readonly ended: (session: Session, ending: LinkEnding) => void;
}

/** LINK-3: a connection that this relay opened. Once it is open it is a session like those that others opened. */
export function openLink({ grid, host }: Call, socket: RelaySocket, carried: Carried, deps: LinkDeps): Session {
	const name = { kind: 'ledger', grid, name: trunkRoom(grid) } as const;
	let conversation: Conversation | undefined;
	let door: OutgoingDoor | undefined;
	const sessionDeps: SessionDeps = {
		...deps,
		entering: () => undefined,
		hearDraft: (_session, _grid, message) => conversation?.hearDraft(message),
		ended: (session) => deps.ended(session, session.isLoggedIn ? 'left' : door?.wasAnswered ? 'refused' : 'unreached'),
	};
	return new Session({ name, host, address: host }, socket, sessionDeps, (session) => {
		conversation = new Conversation(session, carried);
		door = new OutgoingDoor(session, {
			...deps,
			introduce: (from, wire) => carried.trunk.introduce(from, wire),
			isCarrier: (key) => carried.grid.hasCarrier(key),
			place: { grid: carried.grid, room: conversation },
		});
		return door;
	});
}
