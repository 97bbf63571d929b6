import { concat } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** A message of a data channel that every browser carries whole, in bytes (OFFLINE 2). */
export const CHUNK = 16 * 1024;
const PAYLOAD = CHUNK - 1;
/** What both sides speak; a hello of another number ends the connection. */
export const CHUNKS_VERSION = 1;

/**
 * DIRECT-1: one message of a data channel, its kind in the first byte. A frame is any number of full `part`s and one
 * `last`; the others stand between them. `hello`: the relay is there. `rest`, `go`: send nothing of a frame between them,
 * because a data channel cannot be paused. `close`: with a code of close-codes.ts, which a data channel cannot say.
 */
export type Chunk = Piece | Signal;
export type Piece =
	{ readonly t: 'part'; readonly bytes: Uint8Array } | { readonly t: 'last'; readonly bytes: Uint8Array };
export type Signal =
	| { readonly t: 'hello'; readonly version: number }
	| { readonly t: 'ping' | 'pong' | 'rest' | 'go' }
	| { readonly t: 'close'; readonly code: number };

const KINDS = ['part', 'last', 'hello', 'ping', 'pong', 'rest', 'go', 'close'] as const;
const numberOf = (kind: Chunk['t']): number => KINDS.indexOf(kind);

/** The chunk of a frame that begins at `offset`. */
export function chunkAt(frame: Uint8Array, offset: number): Uint8Array {
	const rest = frame.subarray(offset, offset + PAYLOAD);
	const kind = offset + rest.length < frame.length ? 'part' : 'last';
	return concat(Uint8Array.of(numberOf(kind)), rest);
}

export function encodeSignal(signal: Signal): Uint8Array {
	const kind = numberOf(signal.t);
	if (signal.t === 'hello') return Uint8Array.of(kind, signal.version);
	return signal.t === 'close' ? Uint8Array.of(kind, signal.code >> 8, signal.code & 255) : Uint8Array.of(kind);
}

/** DIRECT-2: a `part` that is not full is malformed, or empty ones could be sent for ever. */
export function readChunk(chunk: Uint8Array): Result<Chunk, 'chunk-malformed'> {
	const t = KINDS[chunk[0] ?? KINDS.length];
	const [, first = 0, second = 0] = chunk;
	const { length } = chunk;
	if (t === 'part' && length === CHUNK) return ok({ t, bytes: chunk.subarray(1) });
	if (t === 'last' && length <= CHUNK) return ok({ t, bytes: chunk.subarray(1) });
	if (t === 'hello' && length === 2) return ok({ t, version: first });
	if (t === 'close' && length === 3) return ok({ t, code: first * 256 + second });
	const isBare = t === 'ping' || t === 'pong' || t === 'rest' || t === 'go';
	return isBare && length === 1 ? ok({ t }) : err('chunk-malformed');
}

/** Puts the frames of one channel together again. */
export class FrameAssembly {
	readonly #limit: number;
	#parts: Uint8Array[] = [];
	#size = 0;

	/** `limit`: bytes of the longest frame that is taken. */
	constructor(limit: number) {
		this.#limit = limit;
	}

	/** A frame once it is whole, which is the caller's to keep; undefined before. */
	add({ t, bytes }: Piece): Result<Uint8Array | undefined, 'frame-too-long'> {
		this.#size += bytes.length;
		if (this.#size > this.#limit) return err('frame-too-long');
		// A copy, for the library may use its buffer again.
		this.#parts.push(Uint8Array.from(bytes));
		return ok(t === 'last' ? this.#take() : undefined);
	}

	#take(): Uint8Array {
		const parts = this.#parts;
		this.#parts = [];
		this.#size = 0;
		return parts.length === 1 && parts[0] ? parts[0] : concat(...parts);
	}
}
