import { BEFORE_LOGIN } from '#core/wire/frames.ts';
import { LIMITS } from './limits.ts';

/** RELAY-5: what a client said before its room was open, within what it may say before its proof. */
export class EarlyFrames {
	#frames: Uint8Array[] = [];
	#bytes = 0;

	/** Whether a frame of this size may still come; `isProven`: the proof was heard, only the room is not open yet. */
	hasRoomFor(frame: Uint8Array, isProven: boolean): boolean {
		this.#bytes += frame.length;
		return this.#bytes <= (isProven ? LIMITS.message : BEFORE_LOGIN.bytes);
	}

	/** Whether it was kept. */
	keep(frame: Uint8Array, isProven: boolean): boolean {
		if (!isProven && this.#frames.length >= BEFORE_LOGIN.messages) return false;
		this.#frames.push(frame);
		return true;
	}

	take(): readonly Uint8Array[] {
		const frames = this.#frames;
		this.#frames = [];
		return frames;
	}
}
