import type { CloseReason } from '#core/wire/close-codes.ts';
import { readDraftFrame } from './draft-frames.ts';
import type { DiskUse } from './disk-use.ts';
import type { Room } from './room.ts';
import type { Session } from './session.ts';

/** An update without structs and deletions, as a reader answers who asks what it has. */
const EMPTY_UPDATE_BYTES = 2;

/** RELAY-42: a draft of a grid whose share of the disk is used up is read as ever; whoever writes is told to come back. */
export class DraftWhileFull implements Room {
	readonly #room: Room;
	readonly #use: DiskUse;

	constructor(room: Room, use: DiskUse) {
		this.#room = room;
		this.#use = use;
	}

	admits(session: Session): boolean {
		return this.#room.admits(session);
	}

	enter(session: Session): void {
		this.#room.enter(session);
	}

	leave(session: Session): void {
		this.#room.leave(session);
	}

	receive(session: Session, frame: Uint8Array): CloseReason | undefined {
		if (this.#use.isFull(session.name.grid) && saysSomethingNew(frame)) return 'full';
		return this.#room.receive(session, frame);
	}
}

function saysSomethingNew(frame: Uint8Array): boolean {
	const read = readDraftFrame(frame);
	if (!read.ok || (read.value.t !== 'update' && read.value.t !== 'step2')) return false;
	return read.value.update.length > EMPTY_UPDATE_BYTES;
}
