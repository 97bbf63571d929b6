import { WebSocket } from 'ws';
import { LIMITS } from '../relay/limits.ts';
import { WebSocketPort, type RelaySocket } from '../relay/socket.ts';

/** How long a dialed address may take to answer, in milliseconds. */
const PATIENCE = 10_000;

/** Opens a WebSocket to another relay. What goes wrong is an end like any other. */
export function dialPeer(url: string): RelaySocket {
	const settings = { handshakeTimeout: PATIENCE, maxPayload: LIMITS.message, perMessageDeflate: false };
	return new WebSocketPort(new WebSocket(url, settings));
}
