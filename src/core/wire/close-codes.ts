/**
 * WIRE-2, CLOSE-1: how a relay closes a connection, and what a client does then. `stop`: trying again cannot help, and
 * the person is told; y-websocket never comes back after 44xx. `retry`: it may pass soon. `rest`: it may pass, and
 * coming back at once would make it worse.
 */
export const CLOSINGS = {
	/** An old or a foreign version. */
	malformed: { code: 4400, then: 'stop' },
	/** The relay knows the grid and will not have this key. */
	forbidden: { code: 4403, then: 'stop' },
	noSuchRoom: { code: 4404, then: 'stop' },
	/** The relay is ending, or starts again from its disk. */
	restarting: { code: 4500, then: 'retry' },
	/** Somebody else may bring what is missing. */
	notKnownYet: { code: 4503, then: 'retry' },
	tooSlow: { code: 4504, then: 'retry' },
	/** The grid has used its share of the relay's disk. */
	full: { code: 4507, then: 'rest' },
	/** Too many connections, too much sent, or too much not taken. */
	tooMuch: { code: 4529, then: 'rest' },
} as const satisfies Readonly<Record<string, { readonly code: number; readonly then: AfterClose }>>;

export type CloseReason = keyof typeof CLOSINGS;
export type AfterClose = 'stop' | 'retry' | 'rest';

/** The reason behind a code; undefined for one that is not ours: a lost network, a proxy, a newer relay. */
export function closeReasonOf(code: number): CloseReason | undefined {
	const reasons = Object.keys(CLOSINGS) as readonly CloseReason[];
	return reasons.find((reason) => CLOSINGS[reason].code === code);
}

/** CLOSE-1: what to do after any code. Unknown 44xx is final too, as y-websocket takes it. */
export function afterClose(code: number): AfterClose {
	const reason = closeReasonOf(code);
	if (reason) return CLOSINGS[reason].then;
	return code >= 4400 && code < 4500 ? 'stop' : 'retry';
}

/** Milliseconds before the first try again; longer after each failure in a row, up to `LONGEST_WAIT`. */
const FIRST_WAIT = { retry: 1000, rest: 5000 } as const;
/** The state line promises to try again within 20 seconds (UX 2). */
const LONGEST_WAIT = 20_000;

/** CLOSE-2: `random` in [0, 1) spreads the clients of a courtyard, so that they do not all come back at once. */
export function waitBeforeRetry(then: 'retry' | 'rest', failures: number, random: number): number {
	const wait = Math.min(LONGEST_WAIT, FIRST_WAIT[then] * 2 ** Math.min(failures, 10));
	return Math.round(wait * (0.5 + random / 2));
}
