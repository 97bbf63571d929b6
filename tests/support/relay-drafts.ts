import * as encoding from 'lib0/encoding';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { GridId, RecordId } from '#core/kernel/ids.ts';
import { decodeOwnFrame, encodeLoginMessage } from '#core/wire/frames.ts';
import { loginMessage } from '#core/wire/login-messages.ts';
import { draftRoom } from '#core/wire/rooms.ts';
import type { RelayClient } from './relay-client.ts';
import { cornerWithWang } from './relay-fixtures.ts';
import type { RelayCorner, RelayPerson } from './relay-people.ts';
import type { RelayStore } from '../../server/storage/port.ts';

/** A corner with Chen and Wang, a topic, and the room of its draft. */
export async function cornerWithDraft(wrap?: (store: RelayStore) => RelayStore) {
	const founded = await cornerWithWang(wrap);
	const topic = await broughtTopic(founded.corner, founded.chen, founded.corner.founder);
	return { ...founded, room: draftRoom(founded.corner.grid, 'topic', topic) };
}

async function broughtTopic(corner: RelayCorner, through: RelayClient, by: RelayPerson): Promise<RecordId> {
	const topic = corner.topic(by);
	await through.bring(topic);
	return topic.ids[0] as RecordId;
}

/** Somebody's stock y-websocket provider; the handler for 65 is all that is added to it. */
export function openDraft(
	host: string,
	room: string,
	person: RelayPerson,
	doc = new Y.Doc(),
	socket: unknown = WebSocket,
) {
	const provider = new WebsocketProvider(`ws://${host}/sync`, room, doc, {
		connect: false,
		disableBc: true,
		WebSocketPolyfill: socket as typeof globalThis.WebSocket,
	});
	const stored: number[] = [];
	provider.messageHandlers[65] = (_encoder, decoder) => {
		const decoded = decodeOwnFrame(decoder.arr);
		// The handler is told of the rest of a frame as read, or lib0 would complain.
		decoder.pos = decoder.arr.length;
		if (!decoded.ok || decoded.value.number !== 65 || decoded.value.message.t !== 'challenge') return;
		const { relay, nonce } = decoded.value.message;
		const signature = person.sign(loginMessage(relay, nonce, room.split('.')[0] as GridId, room, host));
		provider.ws?.send(encodeLoginMessage({ t: 'proof', key: person.key, signature, wires: [] }) as BufferSource);
	};
	provider.messageHandlers[66] = (_encoder, decoder) => {
		const decoded = decodeOwnFrame(decoder.arr);
		if (decoded.ok && decoded.value.number === 66 && decoded.value.message.t === 'stored') {
			stored.push(decoded.value.message.n);
		}
	};
	provider.connect();
	onTestFinished(() => provider.destroy());
	return { doc, provider, stored, text: doc.getText('text') };
}

/** How many of a raw client's updates the relay has acknowledged. */
export function lastStored(client: RelayClient): number {
	const stored = client.heard.map((own) => (own.number === 66 && own.message.t === 'stored' ? own.message.n : 0));
	return Math.max(0, ...stored);
}

/** What a clientID says of itself: so many bytes of nothing. */
export function presenceFrame(client: number, clock: number, bytes: number): Uint8Array {
	const states = encoding.createEncoder();
	for (const number of [1, client, clock]) encoding.writeVarUint(states, number);
	encoding.writeVarString(states, JSON.stringify('x'.repeat(bytes)));
	const frame = encoding.createEncoder();
	encoding.writeVarUint(frame, 1);
	encoding.writeVarUint8Array(frame, encoding.toUint8Array(states));
	return encoding.toUint8Array(frame);
}
