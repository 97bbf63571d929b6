import { err, ok, type Result } from '#core/kernel/result.ts';
import { readStates, writeStates, type PresenceState } from './presence-states.ts';
import type { Session } from './session.ts';

/** How long a clientID stays reserved for its own return, in milliseconds. y-websocket clients forget it as fast. */
const RESERVED = 30_000;
const GONE = 'null';

/**
 * Who is in a draft right now (awareness). A connection speaks for one clientID, the first it announced: y-websocket
 * clients send on what they heard of others, and somebody might pretend.
 */
export class Presence {
	readonly #states = new Map<number, PresenceState>();
	readonly #clientOf = new Map<Session, number>();
	readonly #ownerOf = new Map<number, Session>();
	readonly #leftAt = new Map<number, number>();

	/** Takes what a connection says of itself, and answers the clientIDs whose state is news. */
	hear(session: Session, message: Uint8Array, now: number): Result<readonly number[], 'frame-malformed'> {
		const announced = readStates(message);
		if (!announced) return err('frame-malformed');
		const own = announced.filter((state) => this.#isOwn(session, state, now));
		for (const state of own) this.#states.set(state.client, state);
		return ok(own.map(({ client }) => client));
	}

	/** The clientID that went, if it had said anything. Its state now says "gone". */
	leave(session: Session, now: number): number | undefined {
		const client = this.#clientOf.get(session);
		this.#clientOf.delete(session);
		if (client === undefined) return undefined;
		this.#ownerOf.delete(client);
		this.#leftAt.set(client, now);
		const state = this.#states.get(client);
		// With the same clock, as y-protocols does: its next own word must be news when it comes back.
		if (state) this.#states.set(client, { client, clock: state.clock, json: GONE });
		this.#forgetLongGone(now);
		return client;
	}

	/** Those who are here, for somebody who comes in. */
	present(): readonly number[] {
		return [...this.#states].filter(([, { json }]) => json !== GONE).map(([client]) => client);
	}

	/** An awareness update of y-protocols with the latest states of these clientIDs. */
	encode(clients: Iterable<number>): Uint8Array {
		return writeStates([...clients].flatMap((client) => this.#states.get(client) ?? []));
	}

	#isOwn(session: Session, { client, json }: PresenceState, now: number): boolean {
		const pinned = this.#clientOf.get(session);
		if (pinned !== undefined) return pinned === client;
		if (json === GONE || !this.#isFree(session, client, now)) return false;
		this.#clientOf.set(session, client);
		this.#ownerOf.set(client, session);
		return true;
	}

	/** An echo of somebody who just left must not take its place; its own new connection came later. */
	#isFree(session: Session, client: number, now: number): boolean {
		if (this.#ownerOf.has(client)) return false;
		const left = this.#leftAt.get(client);
		return left === undefined || now - left > RESERVED || session.openedAt >= left;
	}

	#forgetLongGone(now: number): void {
		for (const [client, left] of this.#leftAt) {
			if (now - left <= RESERVED || this.#ownerOf.has(client)) continue;
			this.#leftAt.delete(client);
			this.#states.delete(client);
		}
	}
}
