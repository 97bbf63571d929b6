import type { DeviceKey } from '#core/kernel/ids.ts';
import type { Session } from './session.ts';

/**
 * LINK-5: the other relays in a trunk. Both of two relays may have dialed, and one may be back before its dead
 * connection is noticed: each is told everything once, over the connection that came last.
 */
export class LinkedRelays {
	readonly #sessions = new Map<DeviceKey, Session[]>();

	enter(session: Session): void {
		const { key, role } = session;
		if (role === 'relay' && key) this.#sessions.set(key, [...this.#of(key), session]);
	}

	leave(session: Session): void {
		const { key } = session;
		if (!key || !this.#sessions.has(key)) return;
		const left = this.#of(key).filter((other) => other !== session);
		if (left.length > 0) this.#sessions.set(key, left);
		else this.#sessions.delete(key);
	}

	/** Whether this is a relay at all, by whichever of its connections. */
	includes({ key }: Session): boolean {
		return key !== undefined && this.#sessions.has(key);
	}

	/** Whom to tell what came from these: undefined stands for this relay itself. */
	listeners(from: ReadonlySet<Session | undefined>): readonly Session[] {
		const others = [...this.#sessions].filter(([key]) => ![...from].every((source) => source?.key === key));
		return others.flatMap(([, sessions]) => sessions.at(-1) ?? []);
	}

	#of(key: DeviceKey): readonly Session[] {
		return this.#sessions.get(key) ?? [];
	}
}
