import { waitBeforeRetry } from '#core/wire/close-codes.ts';

/**
 * WAIT-1: asks again and again, after longer and longer waits (CLOSE-2), until the answer is called. A relay sends away
 * for good whom it does not know; whoever calls this knows of somebody who is about to say yes.
 * `random`: in [0, 1).
 */
export function keepAsking(ask: () => void, random: () => number = Math.random): () => void {
	let asked = 0;
	let next: ReturnType<typeof setTimeout>;
	const wait = (): void => {
		next = setTimeout(askAndWait, waitBeforeRetry('rest', asked++, random()));
	};
	const askAndWait = (): void => {
		ask();
		wait();
	};
	wait();
	return () => clearTimeout(next);
}
