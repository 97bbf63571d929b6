import { createSubscriber } from 'svelte/reactivity';
import { now } from '#lib/adapters/clock.ts';

const MINUTE_MS = 60_000;

const eachMinute = createSubscriber((update) => {
	const timer = setInterval(update, MINUTE_MS);
	return () => clearInterval(timer);
});

/** The time now, in milliseconds. Whatever is drawn from it is drawn again each minute. */
export function thisMinute(): number {
	eachMinute();
	return now();
}
