import { messageYjsSyncStep2, messageYjsUpdate } from 'y-protocols/sync';
import { MESSAGE_NUMBERS } from '#core/wire/frames.ts';
import type { LineSocket } from '#core/wire/line.ts';

/** What y-websocket makes its sockets with: it tells of each, and of each update that leaves, so that `stored n` can be understood. */
export function countingSocket(open: () => LineSocket, updateLeaves: () => void): typeof WebSocket {
	function Socket(): LineSocket {
		const socket = open();
		const send = socket.send.bind(socket);
		socket.send = (data) => {
			if (isUpdate(data)) updateLeaves();
			send(data);
		};
		return socket;
	}
	return Socket as unknown as typeof WebSocket;
}

function isUpdate(frame: Uint8Array): boolean {
	return frame[0] === MESSAGE_NUMBERS.sync && (frame[1] === messageYjsSyncStep2 || frame[1] === messageYjsUpdate);
}
