import { encodeDraftMessage } from '#core/wire/frames.ts';
import type { LineSocket } from '#core/wire/line.ts';

const BEAT_MS = 1000;
/** UX 2: the state line is right within 3 s of a real loss. */
const SILENCE_MS = 1800;
const CONNECT_MS = 5000;

export interface Pulse {
	/** Something was heard. */
	heard(): void;
	stop(): void;
}

/**
 * The browser gives no sign when a network goes silent; an unanswered beat is the sign. While something long leaves,
 * the answer waits behind it, and that it leaves is sign enough.
 */
export function startPulse(socket: LineSocket, isLoggedIn: () => boolean, silent: () => void): Pulse {
	let beats = 0;
	let waiting = 0;
	let lastHeard = performance.now();
	const heard = () => void (lastHeard = performance.now());
	const timer = setInterval(() => {
		if (socket.bufferedAmount < waiting) heard();
		waiting = socket.bufferedAmount;
		const silence = performance.now() - lastHeard;
		if (silence > (isLoggedIn() ? SILENCE_MS : CONNECT_MS)) silent();
		else if (isLoggedIn()) socket.send(encodeDraftMessage({ t: 'beat', n: ++beats }));
	}, BEAT_MS);
	return { heard, stop: () => clearInterval(timer) };
}
