import { MESSAGE_LIMITS } from '#core/kernel/cbor.ts';
import { CHANNEL_LOW, ChunkQueue } from '#core/wire/chunk-queue.ts';
import { CHUNKS_VERSION, FrameAssembly, readChunk, type Piece, type Signal } from '#core/wire/chunks.ts';
import type { LineSocket } from '#core/wire/line.ts';

const [CONNECTING, OPEN, CLOSING, CLOSED] = [0, 1, 2, 3] as const;
/** RFC 6455 7.4.1, as a browser's own WebSocket says it: closed from here, nobody said why, what came made no sense. */
const NO_CODE = 1005;
const LOST = 1006;
const NO_SENSE = 1002;
/** The number of its kind stands before a message of ours. */
const LONGEST_FRAME = MESSAGE_LIMITS.bytes + 1;

export interface ChannelSocketEvents {
	/** The relay has greeted. */
	readonly opened: () => void;
	/** Once, before `onclose`. */
	readonly ended: () => void;
}

/** DIRECT-1: a room of the relay over one data channel, as the connections know a WebSocket. */
export class ChannelSocket implements LineSocket {
	readonly OPEN = OPEN;
	binaryType = 'arraybuffer';
	onopen: LineSocket['onopen'] = null;
	onmessage: LineSocket['onmessage'] = null;
	onerror: LineSocket['onerror'] = null;
	onclose: LineSocket['onclose'] = null;
	readonly #channel: RTCDataChannel | undefined;
	readonly #events: ChannelSocketEvents;
	readonly #queue: ChunkQueue;
	readonly #assembly = new FrameAssembly(LONGEST_FRAME);
	#state: 0 | 1 | 2 | 3 = CONNECTING;
	#isGreeted = false;
	/** What came before this side was open: a browser may hand it over first, and the answer would be lost. */
	#early: ArrayBuffer[] = [];

	/** `channel`: undefined when the link is gone; the socket then closes as one whose network is. */
	constructor(channel: RTCDataChannel | undefined, events: ChannelSocketEvents) {
		this.#channel = channel;
		this.#events = events;
		this.#queue = new ChunkQueue(portOf(channel));
		if (channel) this.#listen(channel);
		else setTimeout(() => this.#end(LOST));
	}

	get readyState(): 0 | 1 | 2 | 3 {
		return this.#state;
	}

	get bufferedAmount(): number {
		return this.#queue.waiting;
	}

	/** As a WebSocket: throws before it is open, and drops what is said after it has closed. */
	send(message: Uint8Array): void {
		if (this.#state === CONNECTING) throw new Error('This socket is not open yet');
		// A copy, as a WebSocket takes one: the caller may write on.
		if (this.#state === OPEN) this.#queue.add(Uint8Array.from(message));
	}

	/** Without a code: the relay needs no reason of a phone. */
	close(): void {
		if (this.#state >= CLOSING) return;
		this.#state = CLOSING;
		setTimeout(() => this.#end(NO_CODE));
	}

	/** The network is gone, or the whole link was ended. */
	lose(): void {
		this.#end(LOST);
	}

	#listen(channel: RTCDataChannel): void {
		channel.binaryType = 'arraybuffer';
		channel.bufferedAmountLowThreshold = CHANNEL_LOW;
		channel.onbufferedamountlow = () => this.#queue.flow();
		channel.onopen = () => this.#openIfBoth();
		channel.onmessage = ({ data }) => this.#receive(data);
		channel.onclose = () => this.lose();
	}

	#receive(data: unknown): void {
		if (this.#state >= CLOSING) return;
		const chunk = data instanceof ArrayBuffer ? readChunk(new Uint8Array(data)) : undefined;
		if (!chunk?.ok) return this.#end(NO_SENSE);
		const { value } = chunk;
		if (value.t === 'part' || value.t === 'last') this.#assemble(value);
		else this.#obey(value);
	}

	#obey(signal: Signal): void {
		if (signal.t === 'hello') this.#greeted(signal.version);
		else if (signal.t === 'ping') this.#queue.signal({ t: 'pong' });
		else if (signal.t === 'rest') this.#queue.rest();
		else if (signal.t === 'go') this.#queue.goOn();
		else if (signal.t === 'close') this.#end(signal.code);
	}

	/** DIRECT-4: a data channel calls itself open before anybody has answered, or after: it must be both. */
	#greeted(version: number): void {
		if (version !== CHUNKS_VERSION || this.#isGreeted) return this.#end(NO_SENSE);
		this.#isGreeted = true;
		this.#openIfBoth();
	}

	#openIfBoth(): void {
		if (!this.#isGreeted || this.#channel?.readyState !== 'open' || this.#state !== CONNECTING) return;
		this.#state = OPEN;
		this.#events.opened();
		this.onopen?.();
		for (const data of this.#early.splice(0)) this.onmessage?.({ data });
	}

	#assemble(piece: Piece): void {
		const frame = this.#assembly.add(piece);
		if (!frame.ok) return this.#end(NO_SENSE);
		if (frame.value) this.#hand(frame.value.buffer as ArrayBuffer);
	}

	#hand(data: ArrayBuffer): void {
		if (this.#state === OPEN) this.onmessage?.({ data });
		else this.#early.push(data);
	}

	#end(code: number): void {
		if (this.#state === CLOSED) return;
		this.#state = CLOSED;
		this.#queue.drop();
		this.#channel?.close();
		this.#events.ended();
		this.onclose?.({ code });
	}
}

/** A browser throws when a channel that is not open is given something. */
function portOf(channel: RTCDataChannel | undefined) {
	return {
		get waiting() {
			return channel?.bufferedAmount ?? 0;
		},
		send: (chunk: Uint8Array) =>
			void (channel?.readyState === 'open' && channel.send(chunk as Uint8Array<ArrayBuffer>)),
	};
}
