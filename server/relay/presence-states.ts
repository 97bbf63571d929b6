import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** What one clientID says of itself in a draft, as y-protocols' awareness carries it. */
export interface PresenceState {
	readonly client: number;
	readonly clock: number;
	/** JSON as it came; 'null' means gone. */
	readonly json: string;
}

/** undefined for truncated bytes, or a state that is no JSON. */
export function readStates(message: Uint8Array): readonly PresenceState[] | undefined {
	try {
		const decoder = decoding.createDecoder(message);
		const count = decoding.readVarUint(decoder);
		const states: PresenceState[] = [];
		for (let index = 0; index < count; index++) states.push(readState(decoder));
		return decoding.hasContent(decoder) ? undefined : states;
	} catch {
		return undefined;
	}
}

export function writeStates(states: readonly PresenceState[]): Uint8Array {
	const encoder = encoding.createEncoder();
	encoding.writeVarUint(encoder, states.length);
	for (const { client, clock, json } of states) {
		encoding.writeVarUint(encoder, client);
		encoding.writeVarUint(encoder, clock);
		encoding.writeVarString(encoder, json);
	}
	return encoding.toUint8Array(encoder);
}

function readState(decoder: decoding.Decoder): PresenceState {
	const client = decoding.readVarUint(decoder);
	const clock = decoding.readVarUint(decoder);
	const json = decoding.readVarString(decoder);
	// Every client will parse it; what does not parse would throw there.
	JSON.parse(json);
	return { client, clock, json };
}
