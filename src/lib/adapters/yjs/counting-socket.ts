import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import { MESSAGE_NUMBERS } from '#core/wire/frames.ts';

/** A WebSocket that tells when it is made anew and when an update leaves, so that `stored n` can be understood. */
export function countingSocket(made: () => void, updateLeaves: () => void): typeof WebSocket {
	return class extends WebSocket {
		constructor(url: string | URL, protocols?: string | string[]) {
			super(url, protocols);
			made();
		}

		override send(data: string | Blob | BufferSource): void {
			if (data instanceof Uint8Array && isUpdate(data)) updateLeaves();
			super.send(data);
		}
	};
}

function isUpdate(frame: Uint8Array): boolean {
	return frame[0] === MESSAGE_NUMBERS.sync && (frame[1] === messageYjsSyncStep2 || frame[1] === messageYjsUpdate);
}
