import { PeerConnection, type DataChannel } from 'node-datachannel';
import { CHUNK } from '#core/wire/chunks.ts';
import { CLOSINGS } from '#core/wire/close-codes.ts';
import { LINK_LABEL, type Caller } from '#core/wire/webrtc-direct.ts';
import type { Certificate } from './certificate.ts';
import { ChannelSocket } from './channel-socket.ts';
import { COURTYARD_LIMITS } from './limits.ts';

export interface PhoneEvents {
	/** Its address is no invention. */
	readonly arrived: () => void;
	readonly room: (label: string, socket: ChannelSocket) => void;
	/** Once. */
	readonly left: () => void;
}

/** One phone: a peer connection, in which each room is a data channel. */
export class Phone {
	readonly address: string;
	readonly #peer: PeerConnection;
	readonly #events: PhoneEvents;
	readonly #rooms = new Set<ChannelSocket>();
	#link: ChannelSocket | undefined;
	#patience: NodeJS.Timeout;
	#hasLeft = false;

	/** `offer`: of core's `browserOffer`. Throws what the library throws. */
	constructor(caller: Caller, offer: string, port: number, { certificate, key }: Certificate, events: PhoneEvents) {
		this.address = caller.address;
		this.#events = events;
		this.#patience = setTimeout(() => this.drop(), COURTYARD_LIMITS.arrival);
		this.#peer = new PeerConnection('phone', {
			iceServers: [],
			certificatePemFile: certificate,
			keyPemFile: key,
			// A browser makes its certificate anew each time: the login says who it is.
			disableFingerprintVerification: true,
			disableAutoNegotiation: true,
			enableIceUdpMux: true,
			maxMessageSize: CHUNK,
			portRangeBegin: port,
			portRangeEnd: port,
		});
		this.#peer.onDataChannel((channel) => this.#open(channel));
		this.#peer.onStateChange((state) => (state === 'failed' || state === 'closed') && this.drop());
		this.#peer.setRemoteDescription(offer, 'offer');
		this.#peer.setLocalDescription('answer', { iceUfrag: caller.called, icePwd: caller.called });
	}

	get hasArrived(): boolean {
		return this.#link !== undefined;
	}

	drop(): void {
		if (this.#hasLeft) return;
		this.#hasLeft = true;
		clearTimeout(this.#patience);
		for (const room of this.#rooms) room.terminate();
		this.#peer.close();
		this.#events.left();
	}

	#open(channel: DataChannel): void {
		if (this.#hasLeft) return;
		if (channel.getLabel() === LINK_LABEL) this.#arrive(channel);
		else this.#openRoom(channel);
	}

	#arrive(channel: DataChannel): void {
		if (this.#link) return channel.close();
		this.#link = new ChannelSocket(channel, () => this.drop());
		this.#waitForRoom();
		this.#events.arrived();
	}

	#openRoom(channel: DataChannel): void {
		if (!this.#link) return channel.close();
		const room = new ChannelSocket(channel, () => this.#closed(room));
		this.#rooms.add(room);
		clearTimeout(this.#patience);
		if (this.#rooms.size <= COURTYARD_LIMITS.rooms) this.#events.room(channel.getLabel(), room);
		else room.close(CLOSINGS.tooMuch.code);
	}

	#closed(room: ChannelSocket): void {
		this.#rooms.delete(room);
		if (this.#rooms.size === 0 && !this.#hasLeft) this.#waitForRoom();
	}

	#waitForRoom(): void {
		clearTimeout(this.#patience);
		this.#patience = setTimeout(() => this.drop(), COURTYARD_LIMITS.idle);
	}
}
