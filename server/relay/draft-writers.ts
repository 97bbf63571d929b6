import type { Session } from './session.ts';

interface Writer {
	/** Updates it has sent, kept or not. */
	sent: number;
	/** It was asked for everything it has, and has not answered. */
	isAsked: boolean;
	/** Something it sent was not kept, so what it sends now may not be acknowledged either. */
	hasGap: boolean;
}

/** Who is in a draft, and how far each of them has been heard. */
export class DraftWriters {
	readonly #writers = new Map<Session, Writer>();

	get isEmpty(): boolean {
		return this.#writers.size === 0;
	}

	get sessions(): Iterable<Session> {
		return this.#writers.keys();
	}

	enter(session: Session, isAsked: boolean): void {
		this.#writers.set(session, { sent: 0, isAsked, hasGap: false });
	}

	/** Whether it was here. */
	leave(session: Session): boolean {
		return this.#writers.delete(session);
	}

	/** Counts an update; whether its sender is in the room and waits for its acknowledgement. */
	noteSent(session: Session): boolean {
		const writer = this.#writers.get(session);
		if (writer) writer.sent++;
		return writer !== undefined;
	}

	/** Whether to ask for everything now: not while an answer is still to come. */
	noteGap(session: Session): boolean {
		const writer = this.#writers.get(session);
		if (!writer) return false;
		const mustAsk = !writer.isAsked;
		writer.hasGap = true;
		writer.isAsked = true;
		return mustAsk;
	}

	/** An answer holds everything that was sent before it. */
	noteKept(session: Session, isAnswer: boolean): void {
		const writer = this.#writers.get(session);
		if (!writer || !isAnswer) return;
		writer.isAsked = false;
		writer.hasGap = false;
	}

	/** How many of its updates are kept, in the order of sending; undefined while that is not known, or it is gone. */
	kept(session: Session): number | undefined {
		const writer = this.#writers.get(session);
		return writer && !writer.hasGap ? writer.sent : undefined;
	}
}
