import { IceUdpMuxListener, type IceUdpMuxRequest } from 'node-datachannel';
import { browserOffer, type Caller as Browser } from '#core/wire/webrtc-direct.ts';
import type { Log } from '../log.ts';
import type { Caller } from '../relay/relay.ts';
import type { RelaySocket } from '../relay/socket.ts';
import { networkOf } from '../relay/visitors.ts';
import type { Certificate } from './certificate.ts';
import { Door } from './door.ts';
import { Phone } from './phone.ts';

export interface ListenerOptions {
	/** UDP, not 0; one port serves all phones. */
	readonly port: number;
	/** undefined: every interface. */
	readonly host: string | undefined;
	readonly certificate: Certificate;
	readonly log: Log;
	/** A phone opens a room. */
	readonly received: (caller: Caller, socket: RelaySocket) => void;
	/** A phone has come or gone: how many there are now. */
	readonly counted: (phones: number) => void;
}

/** DIRECT-3: takes in phones that have read the relay's card, over WebRTC and without a signalling server (OFFLINE 2). */
export class Listener {
	readonly #options: ListenerOptions;
	/** Referenced as long as it shall listen: the garbage collector would close the port. */
	readonly #port: IceUdpMuxListener;
	readonly #door = new Door();
	/** By the name by which each calls the relay; the earliest first. */
	readonly #phones = new Map<string, Phone>();

	/** Throws when the port is taken. */
	constructor(options: ListenerOptions) {
		this.#options = options;
		this.#port = new IceUdpMuxListener(options.port, options.host);
		this.#port.onUnhandledStunRequest((request) => this.#knock(request));
	}

	/** Phones that have arrived. */
	get count(): number {
		return [...this.#phones.values()].filter(({ hasArrived }) => hasArrived).length;
	}

	/** Phones on the way, or what looks like them. */
	get arriving(): number {
		return this.#phones.size - this.count;
	}

	close(): void {
		for (const phone of [...this.#phones.values()]) phone.drop();
		this.#port.stop();
	}

	/** Called for each STUN request of a stranger, and a phone repeats its own until it is answered. */
	#knock({ localUfrag, ufrag, host, port }: IceUdpMuxRequest): void {
		if (this.#phones.has(localUfrag)) return;
		const browser = { called: localUfrag, ufrag, address: host, port };
		const offer = browserOffer(browser);
		if (!offer.ok || !this.#door.opens(host, [...this.#phones.values()])) return;
		try {
			this.#phones.set(localUfrag, this.#takeIn(browser, offer.value));
		} catch (error) {
			this.#options.log.fault('a phone could not be taken in; it may try again', error);
		}
	}

	#takeIn(browser: Browser, offer: string): Phone {
		const { port, certificate, received } = this.#options;
		const { called, address } = browser;
		return new Phone(browser, offer, port, certificate, {
			arrived: () => this.#count(),
			room: (room, socket) => received({ room, host: certificate.fingerprint, address: networkOf(address) }, socket),
			left: () => {
				this.#phones.delete(called);
				this.#count();
			},
		});
	}

	#count(): void {
		this.#options.counted(this.count);
	}
}
