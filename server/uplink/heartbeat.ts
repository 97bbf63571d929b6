import { encodeDraftMessage } from '#core/wire/frames.ts';
import type { Session } from '../relay/session.ts';

/** OFFLINE 3: between relays, in milliseconds; and after how many of them nothing heard means that nobody is there. */
const BEAT = 4000;
const SILENT = 4;

/** LINK-7: asks the other relay for a sign of life, and ends the link when none comes. */
export class Heartbeat {
	readonly #session: Session;
	#timer: NodeJS.Timeout | undefined;
	#beats = 0;
	#unanswered = 0;

	constructor(session: Session) {
		this.#session = session;
	}

	start(): void {
		this.#timer = setInterval(() => this.#beat(), BEAT).unref();
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	heard(): void {
		this.#unanswered = 0;
	}

	#beat(): void {
		if (this.#unanswered >= SILENT) return this.#session.close('tooSlow');
		this.#unanswered++;
		this.#session.send(encodeDraftMessage({ t: 'beat', n: ++this.#beats }));
	}
}
