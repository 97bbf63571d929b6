import type { CallerRole } from '#core/roster/permissions.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import { BEFORE_LOGIN, encodeLoginMessage, MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import type { Proof } from '#core/wire/login-messages.ts';
import type { Door } from './door.ts';
import { EarlyFrames } from './early-frames.ts';
import type { RelayIdentity } from './identity.ts';
import { readProof } from './login.ts';
import type { LoginOutcome } from './room.ts';
import type { Session } from './session.ts';

export interface IncomingDoorDeps {
	readonly identity: RelayIdentity;
	/** Wires that introduce the relay to members of this room's grid. */
	readonly introduction: (session: Session) => readonly Uint8Array[];
	readonly logIn: (session: Session, proof: Proof) => LoginOutcome | Promise<LoginOutcome>;
}

/**
 * Somebody dialed this relay: a challenge, its proof, and then its room is opened. What comes earlier waits, within
 * LEDGER 5's limits, so that a stock y-websocket client may speak first.
 */
export class IncomingDoor implements Door {
	readonly isOutgoing = false;
	readonly #session: Session;
	readonly #logIn: IncomingDoorDeps['logIn'];
	readonly #early = new EarlyFrames();
	readonly #timer: NodeJS.Timeout;
	#isProven = false;

	constructor(session: Session, { identity, introduction, logIn }: IncomingDoorDeps) {
		this.#session = session;
		this.#logIn = logIn;
		this.#timer = setTimeout(() => session.close('tooSlow'), BEFORE_LOGIN.milliseconds);
		const wires = introduction(session);
		session.send(encodeLoginMessage({ t: 'challenge', relay: identity.key, nonce: session.nonce, wires }));
	}

	hear(frame: Uint8Array): CloseReason | undefined {
		if (!this.#early.hasRoomFor(frame, this.#isProven)) return 'tooMuch';
		if (!this.#isProven && frame[0] === MESSAGE_NUMBERS.login) return this.#prove(frame);
		return this.#early.keep(frame, this.#isProven) ? undefined : 'tooMuch';
	}

	opened(role: CallerRole): readonly Uint8Array[] {
		this.#session.send(encodeLoginMessage({ t: 'welcome', role }));
		return this.#early.take();
	}

	closed(): void {
		clearTimeout(this.#timer);
		this.#early.take();
	}

	#prove(frame: Uint8Array): CloseReason | undefined {
		const proof = readProof(frame);
		if (!proof) return 'malformed';
		this.#isProven = true;
		clearTimeout(this.#timer);
		const session = this.#session;
		const outcome = this.#logIn(session, proof);
		if (outcome instanceof Promise) {
			outcome.then((value) => session.enter(value)).catch((error: unknown) => session.fail(error));
		} else session.enter(outcome);
		return undefined;
	}
}
