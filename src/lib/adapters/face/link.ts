import { MESSAGE_LIMITS } from '#core/kernel/cbor.ts';
import { CHANNEL_LOW, ChunkQueue } from '#core/wire/chunk-queue.ts';
import { CHUNKS_VERSION, FrameAssembly, readChunk, type Chunk, type Signal } from '#core/wire/chunks.ts';

/** `ended`: the other side said so. `lost`: it went silent, or the network did. `malformed`: what came made no sense. */
export type FaceEnding = 'ended' | 'lost' | 'malformed';

const BEAT_MS = 1000;
/** A phone that was put into a pocket says nothing for a while. */
const SILENCE_MS = 8000;
/** The number of its kind stands before a message of ours. */
const LONGEST_FRAME = MESSAGE_LIMITS.bytes + 1;
/** RFC 6455 7.4.1: it is over, and all is well. */
const WELL = 1000;

/** FACE-4: messages of ours between two phones, over one data channel. Both sides say hello, and notice when it is cut. */
export class FaceLink {
	onframe: (frame: Uint8Array) => void = () => {};
	/** Called once, and not for `end`. */
	onending: (ending: FaceEnding) => void = () => {};
	readonly #channel: RTCDataChannel;
	readonly #queue: ChunkQueue;
	readonly #assembly = new FrameAssembly(LONGEST_FRAME);
	readonly #greeted: Promise<void>;
	#greet = () => {};
	#early: Uint8Array[] | undefined = [];
	#heard = 0;
	#beat: ReturnType<typeof setInterval> | undefined;
	#over = false;

	constructor(channel: RTCDataChannel) {
		this.#channel = channel;
		this.#queue = new ChunkQueue({
			get waiting() {
				return channel.bufferedAmount;
			},
			send: (chunk) => {
				// A browser throws when a channel that is not open is given something.
				if (channel.readyState === 'open') channel.send(chunk as Uint8Array<ArrayBuffer>);
			},
		});
		this.#greeted = new Promise((resolve) => (this.#greet = resolve));
		this.#listen(channel);
	}

	/** Bytes that have not left yet. */
	get waiting(): number {
		return this.#queue.waiting;
	}

	/** Whether the other side has said hello before so many milliseconds were over. */
	opened(patience: number): Promise<boolean> {
		const tooLate = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), patience));
		return Promise.race([this.#greeted.then(() => true), tooLate]);
	}

	/** From now on frames are heard, those that came already first. */
	listen(onframe: (frame: Uint8Array) => void): void {
		const early = this.#early ?? [];
		this.#early = undefined;
		this.onframe = onframe;
		early.forEach(onframe);
	}

	send(frame: Uint8Array): void {
		if (!this.#over) this.#queue.add(frame);
	}

	/** Tells the other side, behind all that was sent. */
	end(): void {
		if (this.#over) return;
		this.#queue.addSignal({ t: 'close', code: WELL });
		this.#stop();
	}

	#listen(channel: RTCDataChannel): void {
		channel.binaryType = 'arraybuffer';
		channel.bufferedAmountLowThreshold = CHANNEL_LOW;
		channel.onopen = () => this.#open();
		channel.onbufferedamountlow = () => this.#queue.flow();
		channel.onmessage = ({ data }) => this.#receive(data);
		channel.onclose = () => this.#end('lost');
	}

	#open(): void {
		this.#queue.signal({ t: 'hello', version: CHUNKS_VERSION });
		this.#heard = performance.now();
		this.#beat = setInterval(() => this.#pulse(), BEAT_MS);
	}

	#pulse(): void {
		if (performance.now() - this.#heard > SILENCE_MS) this.#end('lost');
		else this.#queue.signal({ t: 'ping' });
	}

	#receive(data: unknown): void {
		if (this.#over) return;
		this.#heard = performance.now();
		const chunk = data instanceof ArrayBuffer ? readChunk(new Uint8Array(data)) : undefined;
		if (!chunk?.ok) this.#end('malformed');
		else if (isPiece(chunk.value)) this.#assemble(chunk.value);
		else this.#obey(chunk.value);
	}

	#assemble(piece: Exclude<Chunk, Signal>): void {
		const frame = this.#assembly.add(piece);
		if (!frame.ok) return this.#end('malformed');
		if (!frame.value) return;
		if (this.#early) this.#early.push(frame.value);
		else this.onframe(frame.value);
	}

	#obey(signal: Signal): void {
		if (signal.t === 'hello') return signal.version === CHUNKS_VERSION ? this.#greet() : this.#end('malformed');
		if (signal.t === 'ping') this.#queue.signal({ t: 'pong' });
		else if (signal.t === 'rest') this.#queue.rest();
		else if (signal.t === 'go') this.#queue.goOn();
		else if (signal.t === 'close') this.#end('ended');
	}

	#end(ending: FaceEnding): void {
		if (this.#over) return;
		this.#stop();
		this.#queue.drop();
		this.onending(ending);
	}

	#stop(): void {
		this.#over = true;
		clearInterval(this.#beat);
	}
}

const isPiece = (chunk: Chunk): chunk is Exclude<Chunk, Signal> => chunk.t === 'part' || chunk.t === 'last';
