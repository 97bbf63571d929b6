import type { PollId } from '#core/kernel/ids.ts';
import { parseWire } from '#core/ledger/record.ts';
import type { LedgerMessage } from '#core/wire/ledger-messages.ts';
import { decodeOwnFrame, encodeLedgerMessage } from '#core/wire/frames.ts';
import { answer, hello } from '#core/wire/reconcile.ts';
import { Holder, type Memory } from './admission.ts';

type Scope = PollId | null;

/** A device with its own copy: holds what it was given, keeps what must wait, and talks only in frames. */
export class Replica {
	readonly holder: Holder;
	readonly #follows: (poll: PollId) => boolean;
	#waiting: readonly Uint8Array[] = [];

	constructor(grid: PollId, memory: Memory, follows: (poll: PollId) => boolean) {
		this.holder = new Holder(grid, memory);
		this.#follows = follows;
	}

	get ledger() {
		return this.holder.ledger;
	}

	takes(scope: Scope): boolean {
		return scope === null || this.#follows(scope);
	}

	receive(wires: readonly Uint8Array[]): void {
		this.#waiting = this.holder.offerAll([...this.#waiting, ...wires]);
	}

	/** One frame in, frames out. */
	hear(frame: Uint8Array): readonly Uint8Array[] {
		const decoded = decodeOwnFrame(frame);
		if (!decoded.ok || decoded.value.number !== 64) throw new Error('A replica sent a frame that nobody can read');
		const { message } = decoded.value;
		if (message.t === 'records') this.receive(message.wires);
		return answer(this.ledger, message).map(encodeLedgerMessage);
	}

	greet(scope: Scope): Uint8Array {
		return encodeLedgerMessage(hello(this.ledger, scope));
	}
}

/** Lets two replicas talk about every scope that both follow, until neither has anything to say. */
export function talk(one: Replica, two: Replica): void {
	speak(one, two, null);
	const polls = new Set([...one.ledger.ofType('poll.open'), ...two.ledger.ofType('poll.open')].map(({ id }) => id));
	for (const poll of polls) if (one.takes(poll) && two.takes(poll)) speak(one, two, poll);
}

/** All pairs, again and again, until a whole round brings nothing new. */
export function reconcileAll(replicas: readonly Replica[]): number {
	const size = () => replicas.reduce((sum, { ledger }) => sum + ledger.size, 0);
	for (let round = 1; round <= 20; round++) {
		const before = size();
		for (const [index, one] of replicas.entries()) for (const two of replicas.slice(index + 1)) talk(one, two);
		if (size() === before) return round;
	}
	throw new Error('Twenty rounds and no rest');
}

function speak(one: Replica, two: Replica, scope: Scope): void {
	let frames = [{ frame: one.greet(scope), to: two, from: one }];
	for (let turn = 0; frames.length > 0; turn++) {
		if (turn > 50) throw new Error('Two replicas talk without end');
		frames = frames.flatMap(({ frame, to, from }) =>
			to.hear(frame).map((reply) => ({ frame: reply, to: from, from: to })),
		);
	}
}

export function scopeOf(wire: Uint8Array): Scope {
	const record = parseWire(wire);
	return record.ok ? record.value.scope : null;
}

export type { LedgerMessage };
