import type { DataChannel } from 'node-datachannel';
import { CHANNEL_LOW, ChunkQueue, type ChunkChannel } from '#core/wire/chunk-queue.ts';
import { CHUNKS_VERSION, FrameAssembly, readChunk, type Chunk, type Piece } from '#core/wire/chunks.ts';
import { CLOSINGS, type CloseReason } from '#core/wire/close-codes.ts';
import { LIMITS } from '../relay/limits.ts';
import type { RelaySocket, RelaySocketEvents } from '../relay/socket.ts';

/** What a phone may have sent that is not handled yet: it was told to rest, and some was on its way. */
const UNHANDLED = 2 * LIMITS.message;
/** How long it may take to say why a phone is sent away before the channel is ended, in milliseconds. */
const FAREWELL = 2000;

/** DIRECT-1: a room of a phone in the courtyard, over one data channel. */
export class ChannelSocket implements RelaySocket {
	readonly #channel: DataChannel;
	readonly #queue: ChunkQueue;
	readonly #assembly = new FrameAssembly(LIMITS.message);
	readonly #gone: () => void;
	#events: RelaySocketEvents | undefined;
	#state: 'open' | 'closing' | 'ended' = 'open';
	#isPaused = false;
	#unhandled: Uint8Array[] = [];
	#unhandledBytes = 0;

	/** `gone`: called once, when it has ended. */
	constructor(channel: DataChannel, gone: () => void) {
		this.#channel = channel;
		this.#gone = gone;
		this.#queue = new ChunkQueue(channelPort(channel));
		channel.setBufferedAmountLowThreshold(CHANNEL_LOW);
		channel.onBufferedAmountLow(() => this.#state === 'ended' || this.#queue.flow());
		channel.onMessage((message) => this.#receive(message));
		channel.onClosed(() => this.#end());
		channel.onError(() => this.terminate());
		this.#queue.signal({ t: 'hello', version: CHUNKS_VERSION });
	}

	get isOpen(): boolean {
		return this.#state === 'open';
	}

	get waiting(): number {
		return this.#state === 'ended' ? 0 : this.#queue.waiting;
	}

	send(frame: Uint8Array, taken?: () => void): void {
		if (this.isOpen) this.#queue.add(frame, taken);
		else taken?.();
	}

	pause(): void {
		this.#isPaused = true;
		if (this.isOpen) this.#queue.signal({ t: 'rest' });
	}

	resume(): void {
		this.#isPaused = false;
		while (!this.#isPaused && this.#unhandled.length > 0) this.#handOn(this.#unhandled.shift());
		if (!this.#isPaused && this.isOpen) this.#queue.signal({ t: 'go' });
	}

	ping(): void {
		if (this.isOpen) this.#queue.signal({ t: 'ping' });
	}

	/** The phone ends the channel when it has heard the code: what ends here may overtake it. */
	close(code: number): void {
		if (!this.isOpen) return;
		this.#state = 'closing';
		this.#queue.addSignal({ t: 'close', code });
		setTimeout(() => this.terminate(), FAREWELL).unref();
	}

	terminate(): void {
		if (this.#state === 'ended') return;
		if (this.#channel.isOpen()) this.#channel.close();
		this.#end();
	}

	listen(events: RelaySocketEvents): void {
		this.#events = events;
	}

	#receive(message: string | ArrayBuffer | Buffer): void {
		if (!this.isOpen) return;
		if (typeof message === 'string') return this.#events?.noFrame();
		const chunk = readChunk(new Uint8Array(message));
		if (chunk.ok) this.#handle(chunk.value);
		else this.#sendAway('malformed');
	}

	#handle(chunk: Chunk): void {
		if (chunk.t === 'pong') this.#events?.alive();
		else if (chunk.t === 'part' || chunk.t === 'last') this.#assemble(chunk);
		else this.#sendAway('malformed');
	}

	#assemble(piece: Piece): void {
		const frame = this.#assembly.add(piece);
		if (!frame.ok) return this.#sendAway('malformed');
		if (!frame.value) return;
		this.#unhandledBytes += frame.value.length;
		if (!this.#isPaused) return this.#handOn(frame.value);
		this.#unhandled.push(frame.value);
		if (this.#unhandledBytes > UNHANDLED) this.#sendAway('tooMuch');
	}

	#handOn(frame: Uint8Array | undefined): void {
		if (!frame) return;
		this.#unhandledBytes -= frame.length;
		this.#events?.frame(frame);
	}

	#sendAway(reason: CloseReason): void {
		this.close(CLOSINGS[reason].code);
		this.#events?.ended();
	}

	#end(): void {
		if (this.#state === 'ended') return;
		this.#state = 'ended';
		this.#unhandled = [];
		this.#queue.drop();
		this.#events?.ended();
		this.#gone();
	}
}

/** The library's own thread may end a channel at any moment: what is sent then has left for nowhere. */
function channelPort(channel: DataChannel): ChunkChannel {
	return {
		get waiting() {
			return channel.isOpen() ? channel.bufferedAmount() : 0;
		},
		send(chunk) {
			try {
				channel.sendMessageBinary(chunk);
			} catch {
				// Its end is told by onClosed.
			}
		},
	};
}
