import { createSocket } from 'node:dgram';
import { EventEmitter, once } from 'node:events';
import { RTCPeerConnection } from 'node-datachannel/polyfill';
import { afterEach, onTestFinished, vi } from 'vitest';
import type { WebSocket } from 'ws';
import type { LineSocket } from '#core/wire/line.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { LINK_LABEL, passwordIn, relayAnswer } from '#core/wire/webrtc-direct.ts';
import { dialDirect, type DialOptions } from '#lib/adapters/direct/dial.ts';
import type { DirectLink } from '#lib/adapters/direct/link.ts';
import { readCertificate, type Certificate } from '../../server/courtyard/certificate.ts';
import { Listener, type ListenerOptions } from '../../server/courtyard/listener.ts';
import type { RelaySocket } from '../../server/relay/socket.ts';
import { openDraft } from './relay-drafts.ts';
import { RelayClient } from './relay-client.ts';
import type { RunningRelay } from './relay-fixtures.ts';
import type { RelayPerson } from './relay-people.ts';
import { must } from './must.ts';
import { eventually } from './wait.ts';

export interface Courtyard {
	readonly card: RelayCard;
	readonly certificate: Certificate;
	readonly listener: Listener;
	/** How many phones there were, each time one came or went. */
	readonly counts: number[];
}

/** A relay that can be reached by WebRTC on this machine, until the test ends. `received`: instead of the relay. */
export async function openCourtyard(
	running: RunningRelay,
	settings: { readonly received?: (socket: RelaySocket) => void } = {},
): Promise<Courtyard> {
	const certificate = readCertificate(running.dataDir);
	const counts: number[] = [];
	const port = await freePort();
	const options: ListenerOptions = {
		...{ port, host: '127.0.0.1', certificate },
		log: { note: () => {}, fault: (sentence, error) => running.faults.push(`${sentence}: ${String(error)}`) },
		received: (caller, socket) =>
			settings.received ? settings.received(socket) : running.relay.receive(caller, socket),
		counted: (phones) => counts.push(phones),
	};
	const listener = new Listener(options);
	onTestFinished(() => listener.close());
	return { certificate, listener, counts, card: cardOf(running, certificate, port) };
}

export function cardOf({ relay }: RunningRelay, { fingerprint }: Certificate, port: number): RelayCard {
	const place = { port, addresses: ['127.0.0.1'], localName: null };
	return { relay: relay.key, name: '院里', fingerprint, ...place, pairing: null };
}

const links = new Set<DirectLink>();

afterEach(() => {
	for (const link of links) link.close();
	links.clear();
});

/** A phone, as the library plays the browser; it hangs up when the test ends. */
export async function dial(card: RelayCard, options?: DialOptions) {
	vi.stubGlobal('RTCPeerConnection', RTCPeerConnection);
	const dialed = await dialDirect(card, options);
	if (dialed.ok) links.add(dialed.value);
	return dialed;
}

export async function connected(card: RelayCard): Promise<DirectLink> {
	const dialed = await dial(card);
	if (!dialed.ok) throw new Error(dialed.error);
	return dialed.value;
}

/** Somebody in a room, who speaks to the relay as over a WebSocket. */
export function phoneIn(link: DirectLink, room: string): RelayClient {
	return new RelayClient(link.host, room, {}, new EmittingSocket(link.socket(room)) as unknown as WebSocket);
}

/** A stock y-websocket provider, whose sockets are data channels. */
export function draftOver(link: DirectLink, room: string, person: RelayPerson) {
	function Polyfill(): LineSocket {
		return link.socket(room);
	}
	return openDraft(link.host, room, person, undefined, Polyfill);
}

/** What `RelayClient` knows of a socket of the library `ws`. */
class EmittingSocket extends EventEmitter {
	readonly #socket: LineSocket;

	constructor(socket: LineSocket) {
		super();
		this.#socket = socket;
		socket.onmessage = ({ data }) => this.emit('message', new Uint8Array(data));
		socket.onclose = ({ code }) => this.emit('close', code);
	}

	send(message: Uint8Array): void {
		this.#socket.send(message);
	}

	terminate(): void {
		this.#socket.close();
	}
}

/** A data channel in the hands of somebody hostile, once the relay has greeted. */
export async function rawChannel({ fingerprint, addresses, port }: RelayCard, room: string) {
	const peer = new RTCPeerConnection();
	onTestFinished(() => peer.close());
	const link = heardFrom(peer.createDataChannel(LINK_LABEL));
	await peer.setLocalDescription(await peer.createOffer());
	const password = must(passwordIn(must(peer.localDescription).sdp));
	await peer.setRemoteDescription({ type: 'answer', sdp: relayAnswer(password, fingerprint, addresses, port) });
	await eventually(() => must(link.heard[0]));
	const channel = heardFrom(peer.createDataChannel(room));
	await eventually(() => must(channel.heard[0]));
	return channel;
}

function heardFrom(channel: RTCDataChannel) {
	const heard: Uint8Array[] = [];
	channel.binaryType = 'arraybuffer';
	channel.onmessage = ({ data }) => heard.push(new Uint8Array(data as ArrayBuffer));
	return { channel, heard };
}

export async function freePort(): Promise<number> {
	const socket = createSocket('udp4').bind(0, '127.0.0.1');
	await once(socket, 'listening');
	const { port } = socket.address();
	socket.close();
	await once(socket, 'close');
	return port;
}
