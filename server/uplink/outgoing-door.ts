import type { DeviceKey } from '#core/kernel/ids.ts';
import { MESSAGE_LIMITS } from '#core/kernel/cbor.ts';
import type { CloseReason } from '#core/wire/close-codes.ts';
import { BEFORE_LOGIN, decodeOwnFrame, encodeLoginMessage, MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import { loginMessage, type Challenge, type Proof } from '#core/wire/login-messages.ts';
import type { Verifier } from '../ed25519.ts';
import type { Door } from '../relay/door.ts';
import type { RelayIdentity } from '../relay/identity.ts';
import { ownProof } from '../relay/own-proof.ts';
import type { LoginOutcome } from '../relay/room.ts';
import type { Session } from '../relay/session.ts';

export interface OutgoingDoorDeps {
	readonly identity: RelayIdentity;
	readonly verifier: Verifier;
	/** Wires that introduce this relay. */
	readonly introduction: (session: Session) => readonly Uint8Array[];
	/** Takes a wire by which the other relay introduces itself. */
	readonly introduce: (session: Session, wire: Uint8Array) => void;
	/** Whether the grid has taken on the relay with this key. */
	readonly isCarrier: (key: DeviceKey) => boolean;
	/** What is entered once the other's key is proven. */
	readonly place: LoginOutcome;
}

/**
 * LINK-3: this relay dialed. It says nothing to a key that its grid has not taken on, proves its own, and opens its mouth
 * only when the other has proved too: an address can be anybody's.
 */
export class OutgoingDoor implements Door {
	readonly isOutgoing = true;
	readonly #session: Session;
	readonly #deps: OutgoingDoorDeps;
	readonly #timer: NodeJS.Timeout;
	/** The key that the other side named. */
	#named: DeviceKey | undefined;
	/** Whether anybody was there. */
	wasAnswered = false;

	constructor(session: Session, deps: OutgoingDoorDeps) {
		this.#session = session;
		this.#deps = deps;
		this.#timer = setTimeout(() => session.close('tooSlow'), BEFORE_LOGIN.milliseconds);
	}

	hear(frame: Uint8Array): CloseReason | undefined {
		// The other side may have news at once; they will be asked for.
		if (frame[0] !== MESSAGE_NUMBERS.login) return undefined;
		const decoded = decodeOwnFrame(frame, { ...MESSAGE_LIMITS, bytes: BEFORE_LOGIN.bytes });
		if (!decoded.ok || decoded.value.number !== 65) return 'malformed';
		const { message } = decoded.value;
		if (message.t === 'challenge') return this.#prove(message);
		return message.t === 'proof' ? this.#meet(message) : undefined;
	}

	opened(): readonly Uint8Array[] {
		clearTimeout(this.#timer);
		return [];
	}

	closed(): void {
		clearTimeout(this.#timer);
	}

	#prove(challenge: Challenge): CloseReason | undefined {
		const { identity, introduction, introduce, isCarrier } = this.#deps;
		if (this.#named !== undefined) return 'malformed';
		this.wasAnswered = true;
		for (const wire of challenge.wires) introduce(this.#session, wire);
		if (!isCarrier(challenge.relay)) return 'forbidden';
		this.#named = challenge.relay;
		this.#session.send(ownProof(identity, this.#session, challenge, introduction(this.#session)));
		const { nonce } = this.#session;
		this.#session.send(encodeLoginMessage({ t: 'challenge', relay: identity.key, nonce, wires: [] }));
		return undefined;
	}

	#meet({ key, signature }: Proof): CloseReason | undefined {
		const { identity, verifier, place } = this.#deps;
		const { name, nonce, arrival } = this.#session;
		const message = loginMessage(identity.key, nonce, name.grid, name.name, arrival.host);
		if (key !== this.#named || !verifier.isTrue({ key, message, signature })) return 'forbidden';
		this.#session.key = key;
		this.#session.enter(place);
		return undefined;
	}
}
