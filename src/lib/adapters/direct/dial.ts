import { err, ok, type Result } from '#core/kernel/result.ts';
import type { DialRefusal } from '#core/wire/line.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { LINK_LABEL, passwordIn, relayAnswer } from '#core/wire/webrtc-direct.ts';
import { ChannelSocket } from './channel-socket.ts';
import { DirectLink, hasEnded } from './link.ts';

export interface DialOptions {
	/** Ends the dialing, as if nobody had answered. */
	readonly signal?: AbortSignal;
	/** Milliseconds; on a good network a tenth of a second is enough. */
	readonly patience?: number;
}

const PATIENCE = 10_000;

/**
 * DIRECT-3: connects to the relay of a card, without a signalling server. To be called from a button: a browser may ask
 * whether the app may speak to devices near by.
 */
export async function dialDirect(card: RelayCard, options: DialOptions = {}): Promise<Result<DirectLink, DialRefusal>> {
	if (typeof RTCPeerConnection === 'undefined') return err('no-webrtc');
	const peer = new RTCPeerConnection();
	const arrived = arrival(peer, options);
	const described = await describe(peer, card).catch(() => false);
	const refusal = described ? await arrived : 'no-webrtc';
	if (refusal === undefined) return ok(new DirectLink(card.fingerprint, peer));
	peer.close();
	return err(refusal);
}

/** Both sides of the connection, as this side sees them: its own is as the browser made it. */
async function describe(peer: RTCPeerConnection, card: RelayCard): Promise<boolean> {
	await peer.setLocalDescription();
	const password = passwordIn(peer.localDescription?.sdp ?? '');
	if (password === undefined) return false;
	const { fingerprint, port, addresses, localName } = card;
	const hosts = localName === null ? addresses : [...addresses, localName];
	await peer.setRemoteDescription({ type: 'answer', sdp: relayAnswer(password, fingerprint, hosts, port) });
	return true;
}

/** undefined once the relay itself has said hello: a data channel calls itself open before. */
function arrival(peer: RTCPeerConnection, options: DialOptions): Promise<DialRefusal | undefined> {
	const { signal, patience = PATIENCE } = options;
	return new Promise((resolve) => {
		const end = (refusal?: DialRefusal) => (clearTimeout(timer), resolve(refusal));
		const unreachable = () => end('relay-unreachable');
		const timer = setTimeout(unreachable, patience);
		if (signal?.aborted) unreachable();
		signal?.addEventListener('abort', unreachable);
		// Made before the description, which says nothing of channels otherwise.
		new ChannelSocket(peer.createDataChannel(LINK_LABEL), { opened: end, ended: unreachable });
		whenFailed(peer, end);
	});
}

function whenFailed(peer: RTCPeerConnection, failed: (refusal: DialRefusal) => void): void {
	let wasAnswered = false;
	peer.oniceconnectionstatechange = () => {
		wasAnswered ||= ['connected', 'completed'].includes(peer.iceConnectionState);
	};
	peer.onconnectionstatechange = () => {
		// Found, and then not believed: its certificate is not the one of the card.
		if (hasEnded(peer)) failed(wasAnswered ? 'relay-differs' : 'relay-unreachable');
	};
}
