import type { Line } from '#core/wire/line.ts';
import { ChannelSocket } from './channel-socket.ts';

/** How long the relay may take to greet a room that is opened, in milliseconds; then nothing goes through any more. */
const PATIENCE = 5000;

/** Whether a peer connection will carry nothing more. */
export const hasEnded = ({ connectionState }: RTCPeerConnection): boolean =>
	connectionState === 'failed' || connectionState === 'closed';

/** The way to one relay in the courtyard: a peer connection, in which each room is a data channel. */
export class DirectLink implements Line {
	/** The fingerprint of the relay's certificate, which took the place of a name (LEDGER 5). */
	readonly host: string;
	/** Resolves when it has ended, from whichever side. */
	readonly ended: Promise<void>;
	readonly #peer: RTCPeerConnection;
	readonly #sockets = new Set<ChannelSocket>();
	#isOpen = true;
	#tellEnded = () => {};

	/** `peer`: connected, to whom the fingerprint belongs. */
	constructor(fingerprint: string, peer: RTCPeerConnection) {
		this.host = fingerprint;
		this.#peer = peer;
		this.ended = new Promise((resolve) => (this.#tellEnded = resolve));
		peer.onconnectionstatechange = () => hasEnded(peer) && this.close();
	}

	get isOpen(): boolean {
		return this.#isOpen;
	}

	socket(room: string): ChannelSocket {
		const timer = setTimeout(() => this.close(), PATIENCE);
		const socket = new ChannelSocket(this.#isOpen ? this.#peer.createDataChannel(room) : undefined, {
			opened: () => clearTimeout(timer),
			ended: () => {
				clearTimeout(timer);
				this.#sockets.delete(socket);
			},
		});
		this.#sockets.add(socket);
		return socket;
	}

	/** Every socket closes as one whose network is gone. */
	close(): void {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		this.#peer.close();
		for (const socket of [...this.#sockets]) socket.lose();
		this.#tellEnded();
	}
}
