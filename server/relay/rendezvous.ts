import { timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '#core/kernel/result.ts';
import { checkOf, RENDEZVOUS_LIMITS, type Deposit, type RendezvousRefusal, type Take } from '#core/wire/rendezvous.ts';
import { AddressRate } from './address-rate.ts';

interface Held {
	readonly check: Buffer;
	/** Empty once the code is ended. */
	sealed: string;
	/** Milliseconds since 1970. */
	readonly until: number;
	wrong: number;
}

/**
 * LEDGER 2, "Invite codes": sealed invitations under spoken codes, for a day. Only in memory: a restart forgets them, and
 * whoever invites makes a new code, which costs less than a second place where secrets are written down.
 */
export class Rendezvous {
	readonly #now: () => number;
	readonly #held = new Map<string, Held>();
	readonly #tries: AddressRate;
	readonly #deposits: AddressRate;

	/** `now`: milliseconds since 1970. */
	constructor(now: () => number) {
		this.#now = now;
		this.#tries = new AddressRate(RENDEZVOUS_LIMITS.triesPerMinute, now);
		this.#deposits = new AddressRate(RENDEZVOUS_LIMITS.depositsPerMinute, now);
	}

	/** CODE-4. Anybody may deposit: whoever invites proves nothing here, because the relay learns nothing either. */
	deposit(address: string, { locator, check, sealed }: Deposit): Result<{ until: number }, RendezvousRefusal> {
		this.#forgetExpired();
		if (this.#deposits.isSpent(address)) return err('too-many-tries');
		if (this.#held.has(locator)) return err('code-taken');
		if (this.#held.size >= RENDEZVOUS_LIMITS.deposits) return err('relay-full');
		this.#deposits.count(address);
		const until = this.#now() + RENDEZVOUS_LIMITS.kept;
		this.#held.set(locator, { check: Buffer.from(check, 'hex'), sealed, until, wrong: 0 });
		return ok({ until });
	}

	/** CODE-3, CODE-5. A code serves as often as its invitation does, so it stays until it expires. */
	take(address: string, { locator, verifier }: Take): Result<{ sealed: string }, RendezvousRefusal> {
		this.#forgetExpired();
		if (this.#tries.isSpent(address)) return err('too-many-tries');
		const held = this.#held.get(locator);
		if (!held || !isVerifier(held, verifier)) return this.#wrong(address, held);
		// Said only to who knows the code: to everybody else it is unknown like any other.
		return held.sealed === '' ? err('code-ended') : ok({ sealed: held.sealed });
	}

	#wrong(address: string, held: Held | undefined): Result<never, RendezvousRefusal> {
		this.#tries.count(address);
		if (held && ++held.wrong >= RENDEZVOUS_LIMITS.wrongTries) held.sealed = '';
		return err('code-unknown');
	}

	/** In the order of deposit, which is the order of expiry. */
	#forgetExpired(): void {
		const now = this.#now();
		for (const [locator, { until }] of this.#held) {
			if (until > now) return;
			this.#held.delete(locator);
		}
	}
}

function isVerifier({ check }: Held, verifier: string): boolean {
	return timingSafeEqual(Buffer.from(checkOf(verifier), 'hex'), check);
}
