import { awarenessFrame, readDraftFrame } from './draft-frames.ts';
import { readStates, writeStates, type PresenceState } from './presence-states.ts';

/**
 * RELAY-47: what a slow reader has not been told of who is present: the latest of each, however much was said. So
 * somebody who floods a draft with presence fills no queue but a small one.
 */
export class PresenceBacklog {
	#latest = new Map<number, PresenceState>();

	/** A frame of ours, made by a draft's room. */
	add(frame: Uint8Array): void {
		const read = readDraftFrame(frame);
		if (!read.ok || read.value.t !== 'awareness') throw new Error('Only presence may wait here');
		for (const state of readStates(read.value.states) ?? []) this.#latest.set(state.client, state);
	}

	/** All of it as one frame. */
	take(): Uint8Array {
		const states = [...this.#latest.values()];
		this.#latest = new Map();
		return awarenessFrame(writeStates(states));
	}
}
