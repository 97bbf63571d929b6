import { err, ok, type Result } from '../kernel/result.ts';

/**
 * WebRTC without a signalling server, as libp2p's "webrtc-direct" (version 2) does it: neither side sends the other a
 * description, both write it by themselves from a template. The browser knows the relay's address, port and
 * certificate from its card. The relay learns the browser's short name (ufrag) and password from the user name of the
 * first STUN request: the browser has put its own password into the name by which it calls the relay.
 */

/** The channel that is there from the beginning; all others are rooms. */
export const LINK_LABEL = 'link';

const CALLED = 'corner/1/';
/** RFC 8839 5.4: ice-chars, at least 22 of them. */
const PASSWORD = /^[A-Za-z0-9+/]{22,200}$/;
const UFRAG = /^[A-Za-z0-9+/]{4,256}$/;

/** How a browser with this password calls the relay; it is the relay's password for it too. */
export const calledBy = (password: string): string => CALLED + password;

/** The browser's own password, out of the description that it made of itself. */
export function passwordIn(description: string): string | undefined {
	return /^a=ice-pwd:(\S+)\r?$/m.exec(description)?.[1];
}

export interface Caller {
	/** The name by which it calls the relay. */
	readonly called: string;
	readonly ufrag: string;
	/** An address literal, as the system says it. */
	readonly address: string;
	readonly port: number;
}

/** DIRECT-5: the description of a browser, as the relay makes it; whoever calls otherwise is no browser of ours. */
export function browserOffer({ called, ufrag, address, port }: Caller): Result<string, 'stun-foreign'> {
	const password = called.startsWith(CALLED) ? called.slice(CALLED.length) : '';
	if (!PASSWORD.test(password) || !UFRAG.test(ufrag)) return err('stun-foreign');
	// Its certificate is made anew each time and checked by nobody: the login proves who it is.
	return ok(description('active', ufrag, password, '00'.repeat(32), [candidate(0, address, port)]));
}

/** The description of the relay, as the browser makes it. `hosts`: addresses and names, the likeliest first. */
export function relayAnswer(password: string, fingerprint: string, hosts: readonly string[], port: number): string {
	const called = calledBy(password);
	return description(
		'passive',
		called,
		called,
		fingerprint,
		hosts.map((host, index) => candidate(index, host, port)),
	);
}

/** RFC 8866, RFC 8839, RFC 8841. `setup`: who begins the handshake (DTLS). */
function description(
	setup: 'active' | 'passive',
	ufrag: string,
	password: string,
	fingerprint: string,
	candidates: readonly string[],
): string {
	const lines = [
		'v=0',
		'o=- 0 0 IN IP4 0.0.0.0',
		's=-',
		't=0 0',
		'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
		'c=IN IP4 0.0.0.0',
		'a=mid:0',
		`a=setup:${setup}`,
		`a=ice-ufrag:${ufrag}`,
		`a=ice-pwd:${password}`,
		`a=fingerprint:sha-256 ${(fingerprint.toUpperCase().match(/../g) ?? []).join(':')}`,
		'a=sctp-port:5000',
		'a=max-message-size:16384',
		...candidates,
		'a=end-of-candidates',
	];
	return lines.map((line) => `${line}\r\n`).join('');
}

function candidate(index: number, host: string, port: number): string {
	return `a=candidate:${index + 1} 1 UDP ${1000 - index} ${host} ${port} typ host`;
}
