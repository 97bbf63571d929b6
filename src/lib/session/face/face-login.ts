import type { DeviceKey, GridId, MemberId } from '#core/kernel/ids.ts';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { foldStanding } from '#core/ledger/fold.ts';
import type { Role } from '#core/roster/roles.ts';
import { deviceOf, roleOfKey } from '#core/roster/selectors.ts';
import { Standing } from '#core/validity/standing.ts';
import { introductionOf } from '#core/wire/introduction.ts';
import { loginMessage, type Challenge, type LoginMessage, type Proof } from '#core/wire/login-messages.ts';
import { trunkRoom } from '#core/wire/rooms.ts';
import { randomBytes } from '#lib/adapters/random.ts';
import { verify } from '#lib/adapters/signer.ts';
import type { CornerCopy } from '../corner-copy.ts';

/** Who the other phone is, by this phone's own ledger. */
export interface FaceMate {
	readonly member: MemberId;
	readonly role: Role;
}
/** `face-not-proven`: it has no such key. `face-not-a-member`: nobody whom this corner has admitted. */
export type FaceLoginRefusal = 'face-not-proven' | 'face-not-a-member';

/** This side: its grid and key, what it holds, and how it signs. */
export interface FaceHome {
	readonly grid: GridId;
	readonly key: DeviceKey;
	readonly copy: CornerCopy;
	sign(message: Uint8Array): Promise<Uint8Array>;
}
/** SHA-256 of both certificates of the connection, in hex: what each side dialed. */
export interface Fingerprints {
	readonly own: string;
	readonly other: string;
}

/**
 * FACE-5: two phones prove their device keys to each other, as to a relay (LEDGER 5): each signs what the other asks,
 * for the certificate that it dialed, so that nobody can stand between them.
 */
export class FaceLogin {
	readonly #home: FaceHome;
	readonly #fingerprints: Fingerprints;
	readonly #send: (message: LoginMessage) => void;
	readonly #nonce = randomBytes(32);
	#mate: FaceMate | undefined;
	#isWelcome = false;
	#asked: DeviceKey | undefined;

	constructor(home: FaceHome, fingerprints: Fingerprints, send: (message: LoginMessage) => void) {
		this.#home = home;
		this.#fingerprints = fingerprints;
		this.#send = send;
	}

	begin(): void {
		const { key, copy } = this.#home;
		const wires = introductionOf(copy.ledger, key);
		this.#send({ t: 'challenge', relay: key, nonce: this.#nonce, wires });
	}

	/** The other side once both are sure; undefined before. */
	async hear(message: LoginMessage): Promise<Result<FaceMate | undefined, FaceLoginRefusal>> {
		if (message.t === 'challenge') return this.#answer(message);
		if (message.t === 'proof') return this.#judge(message);
		this.#isWelcome = true;
		return ok(this.#done());
	}

	async #answer({ relay, nonce, wires }: Challenge): Promise<Result<undefined, FaceLoginRefusal>> {
		const { grid, key, copy, sign } = this.#home;
		// Whoever asks twice, or in this phone's own name, wants a signature for somebody else.
		if (this.#asked !== undefined || relay === key) return err('face-not-proven');
		this.#asked = relay;
		await copy.receive(wires);
		const signature = await sign(loginMessage(relay, nonce, grid, trunkRoom(grid), this.#fingerprints.other));
		this.#send({ t: 'proof', key, signature, wires: [] });
		return ok(undefined);
	}

	async #judge({ key, signature }: Proof): Promise<Result<FaceMate | undefined, FaceLoginRefusal>> {
		const { grid, key: own } = this.#home;
		const message = loginMessage(own, this.#nonce, grid, trunkRoom(grid), this.#fingerprints.own);
		if (key !== this.#asked || !(await verify({ key, message, signature }))) return err('face-not-proven');
		this.#mate = this.#mateOf(key);
		if (!this.#mate) return err('face-not-a-member');
		this.#send({ t: 'welcome', role: this.#mate.role });
		return ok(this.#done());
	}

	#mateOf(key: DeviceKey): FaceMate | undefined {
		const { copy } = this.#home;
		const { roster } = foldStanding(new Standing(copy.ledger, copy.blob));
		const device = deviceOf(roster, key);
		const role = roleOfKey(roster, key);
		return device && role && roster.members.has(device.member) ? { member: device.member, role } : undefined;
	}

	#done(): FaceMate | undefined {
		return this.#isWelcome ? this.#mate : undefined;
	}
}
