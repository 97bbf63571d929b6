import { MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import { LIMITS } from './limits.ts';
import { RateMeter } from './rate-meter.ts';
import type { RelaySocket } from './socket.ts';

/**
 * What one client sends, handled one frame after the other and no faster than the limits allow. A client that was too
 * fast, or made too much work, is not read for a while: the network tells it, and nothing is lost. Closing instead would punish
 * an honest phone that comes back with a day's work.
 */
export class Inbox {
	readonly #socket: Pick<RelaySocket, 'pause' | 'resume'>;
	readonly #handle: (frame: Uint8Array) => void;
	readonly #messages: RateMeter;
	readonly #bytes: RateMeter;
	readonly #work: RateMeter;
	/** Made when it is first needed: a trunk carries neither drafts nor presence. */
	#draft: RateMeter | undefined;
	#presence: RateMeter | undefined;
	/** A pause stops the socket, but not the frames of the piece that was read last: a thousand small ones fit in it. */
	#waiting: Uint8Array[] = [];
	#isResting = false;

	constructor(socket: Pick<RelaySocket, 'pause' | 'resume'>, handle: (frame: Uint8Array) => void) {
		this.#socket = socket;
		this.#handle = handle;
		const now = performance.now();
		this.#messages = new RateMeter(LIMITS.messagesPerSecond, now);
		this.#bytes = new RateMeter(LIMITS.bytesPerSecond, now);
		this.#work = new RateMeter(LIMITS.workPerSecond, now);
	}

	/** Whether the client is not being read, and so cannot show that it lives. */
	get isResting(): boolean {
		return this.#isResting;
	}

	take(frame: Uint8Array): void {
		this.#waiting.push(frame);
		if (!this.#isResting) this.#handleWaiting();
	}

	/** Forgets what is not handled yet. */
	clear(): void {
		this.#waiting = [];
	}

	#handleWaiting(): void {
		for (let frame = this.#waiting.shift(); frame; frame = this.#waiting.shift()) {
			const pause = this.#handleOne(frame);
			if (pause > 0) return this.#rest(pause);
		}
	}

	/** Answers for how many milliseconds the client must rest. By a clock that nobody sets, or a correction would stop it. */
	#handleOne(frame: Uint8Array): number {
		const start = performance.now();
		this.#handle(frame);
		const end = performance.now();
		return Math.max(
			this.#messages.spend(1, end),
			this.#bytes.spend(frame.length, end),
			this.#work.spend(end - start, end),
			this.#spendByKind(frame, end),
		);
	}

	/** RELAY-48: what goes on to every reader of a draft has rates of its own. */
	#spendByKind(frame: Uint8Array, now: number): number {
		if (frame[0] === MESSAGE_NUMBERS.sync) {
			this.#draft ??= new RateMeter(LIMITS.draftBytesPerSecond, now, LIMITS.draftBurst);
			return this.#draft.spend(frame.length, now);
		}
		if (frame[0] !== MESSAGE_NUMBERS.awareness) return 0;
		this.#presence ??= new RateMeter(LIMITS.presencePerSecond, now, LIMITS.presenceBurst);
		return this.#presence.spend(1, now);
	}

	#rest(pause: number): void {
		this.#isResting = true;
		this.#socket.pause();
		setTimeout(() => this.#goOn(), pause).unref();
	}

	#goOn(): void {
		this.#isResting = false;
		this.#handleWaiting();
		if (!this.#isResting) this.#socket.resume();
	}
}
