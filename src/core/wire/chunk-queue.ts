import { chunkAt, encodeSignal, type Signal } from './chunks.ts';

/** A data channel, as the library or the browser shows it. */
export interface ChunkChannel {
	/** Bytes it has taken that have not left yet. */
	readonly waiting: number;
	send(chunk: Uint8Array): void;
}

/**
 * How many bytes a channel is given at once: enough for a fast network, and little enough that a browser never runs full
 * (it closes a channel for that) and that what is urgent does not stand behind much.
 */
export const CHANNEL_WINDOW = 256 * 1024;
/** Below it the channel should call for more. */
export const CHANNEL_LOW = 64 * 1024;

interface Leaving {
	readonly frame: Uint8Array;
	readonly taken: (() => void) | undefined;
	offset: number;
}

/** What is to leave through one data channel, in order, a window at a time. */
export class ChunkQueue {
	readonly #channel: ChunkChannel;
	#leaving: (Leaving | Signal)[] = [];
	#queued = 0;
	#isResting = false;

	constructor(channel: ChunkChannel) {
		this.#channel = channel;
	}

	/** Bytes of frames that have not left yet. */
	get waiting(): number {
		return this.#queued + this.#channel.waiting;
	}

	/** `taken`: called when the channel has all of it, or when it is dropped. */
	add(frame: Uint8Array, taken?: () => void): void {
		this.#leaving.push({ frame, taken, offset: 0 });
		this.#queued += frame.length;
		this.flow();
	}

	/** Behind all frames that wait. */
	addSignal(signal: Signal): void {
		this.#leaving.push(signal);
		this.flow();
	}

	/** Before all frames that wait. */
	signal(signal: Signal): void {
		this.#channel.send(encodeSignal(signal));
	}

	rest(): void {
		this.#isResting = true;
	}

	goOn(): void {
		this.#isResting = false;
		this.flow();
	}

	/** To be called whenever the channel runs low. */
	flow(): void {
		while (!this.#isResting && this.#channel.waiting < CHANNEL_WINDOW) {
			const [next] = this.#leaving;
			if (!next) return;
			if ('t' in next) this.#sendSignal(next);
			else this.#sendChunk(next);
		}
	}

	drop(): void {
		const dropped = this.#leaving;
		this.#leaving = [];
		this.#queued = 0;
		for (const each of dropped) if (!('t' in each)) each.taken?.();
	}

	#sendSignal(signal: Signal): void {
		this.#leaving.shift();
		this.signal(signal);
	}

	#sendChunk(leaving: Leaving): void {
		const chunk = chunkAt(leaving.frame, leaving.offset);
		leaving.offset += chunk.length - 1;
		this.#queued -= chunk.length - 1;
		const isWhole = leaving.offset >= leaving.frame.length;
		// Before it is sent, for the one who is told may add more at once.
		if (isWhole) this.#leaving.shift();
		this.#channel.send(chunk);
		if (isWhole) leaving.taken?.();
	}
}
