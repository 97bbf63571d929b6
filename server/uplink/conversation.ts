import type { CloseReason } from '#core/wire/close-codes.ts';
import type { DraftMessage } from '#core/wire/draft-messages.ts';
import { decodeOwnFrame } from '#core/wire/frames.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import type { Room } from '../relay/room.ts';
import type { Session } from '../relay/session.ts';
import { DraftComparison } from './draft-comparison.ts';
import { Heartbeat } from './heartbeat.ts';
import type { Carried } from './link.ts';

/** How often everything is compared again, in milliseconds (OFFLINE 3). */
const REPAIR = 60_000;
/** How long nothing may come before what differed is compared again; twice as long each time. */
const SETTLE = 500;

/**
 * The side of a link that dialed. To the trunk it is one more connection, in which both sides do the same; besides it
 * asks: at the beginning, once what differed has been sent, and from time to time.
 */
export class Conversation implements Room {
	readonly #session: Session;
	readonly #carried: Carried;
	readonly #drafts: DraftComparison;
	readonly #heartbeat: Heartbeat;
	#repair: NodeJS.Timeout | undefined;
	#settling: NodeJS.Timeout | undefined;
	#patience = SETTLE;

	constructor(session: Session, carried: Carried) {
		this.#session = session;
		this.#carried = carried;
		this.#drafts = new DraftComparison(session, carried.grid, carried.drafts);
		this.#heartbeat = new Heartbeat(session);
	}

	admits(session: Session): boolean {
		return this.#carried.trunk.admits(session);
	}

	enter(session: Session): void {
		this.#carried.trunk.enter(session);
		this.#heartbeat.start();
		this.#repair = setInterval(() => this.#beginAgain(), REPAIR).unref();
		this.#beginAgain();
	}

	leave(session: Session): void {
		clearInterval(this.#repair);
		clearTimeout(this.#settling);
		this.#heartbeat.stop();
		this.#carried.trunk.leave(session);
	}

	receive(session: Session, frame: Uint8Array): CloseReason | undefined {
		this.#heartbeat.heard();
		const decoded = decodeOwnFrame(frame);
		if (!decoded.ok || decoded.value.number !== 64) return 'malformed';
		this.#watch(decoded.value.message);
		return this.#carried.trunk.hear(session, decoded.value.message);
	}

	hearDraft(message: DraftMessage): CloseReason | undefined {
		this.#heartbeat.heard();
		if (message.t === 'alive') return undefined;
		if (message.t !== 'have') return this.#carried.hearDraft(this.#session, message);
		// Only the end of an answer has none in it; the other side, if it wants to compare, dials.
		if (message.drafts.length === 0) this.#drafts.next();
		return undefined;
	}

	#beginAgain(): void {
		this.#patience = SETTLE;
		this.#compare(true);
	}

	#compare(isStuck: boolean): void {
		this.#settling = undefined;
		this.#carried.trunk.compareWith(this.#session);
		this.#drafts.start(isStuck);
	}

	/** What differed is asked again when it has come to rest: votes and drafts need the structure they stand on. */
	#watch({ t }: LedgerMessage): void {
		if (t === 'same') return;
		if (t === 'buckets') this.#settling ??= setTimeout(() => this.#settle(), this.#patience).unref();
		else this.#settling?.refresh();
	}

	#settle(): void {
		this.#patience = Math.min(REPAIR, 2 * this.#patience);
		this.#compare(false);
	}
}
