import { setImmediate as realTurn } from 'node:timers/promises';
import { vi } from 'vitest';
import type { SimulatedNetwork } from './network.ts';

/** Turns of the event loop without a frame after which nobody has anything more to say at this moment. */
const QUIET_TURNS = 4;
const BEGINNING = Date.UTC(2026, 0, 5, 1);

/** Time passes only when a simulation says so, from timer to timer. To be ended with `vi.useRealTimers`. */
export function stopTime(): void {
	const toFake = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'] as const;
	vi.useFakeTimers({ now: BEGINNING, toFake: [...toFake] });
}

/** Lets so many milliseconds pass; whatever a moment causes at once happens in it. */
export async function pass(milliseconds: number, network: SimulatedNetwork): Promise<void> {
	const end = Date.now() + milliseconds;
	const mark = setTimeout(() => {}, milliseconds);
	while (Date.now() < end) {
		vi.advanceTimersToNextTimer();
		await quiet(network);
	}
	clearTimeout(mark);
}

async function quiet(network: SimulatedNetwork): Promise<void> {
	let { sent } = network;
	for (let turns = 0; turns < QUIET_TURNS; turns++) {
		await realTurn();
		if (network.sent === sent) continue;
		sent = network.sent;
		turns = 0;
	}
}
