import type { Result } from '../kernel/result.ts';

/**
 * A way to one relay, along which a socket is opened for each room: over the network to the app's own address, or
 * straight to a laptop in the courtyard. The port behind which the adapters of all transports stand.
 */
export interface Line {
	/** What a login's proof names as dialed (LEDGER 5): a host with its port, or a certificate's fingerprint. */
	readonly host: string;
	/** A socket that is being opened. */
	socket(room: string): LineSocket;
}

/** Why there is no line: this device cannot make one, nobody answered in time, or somebody else did. */
export type DialRefusal = 'no-webrtc' | 'relay-unreachable' | 'relay-differs';

/** Makes the line ready, as far as it takes that. */
export type Dial = () => Promise<Result<Line, DialRefusal>>;

/** What we use of a WebSocket (RFC 6455, and the browser's names for it). Binary messages only. */
export interface LineSocket {
	binaryType: string;
	/** As the browser counts: 0 connecting, 1 open, 2 closing, 3 closed. */
	readonly readyState: number;
	/** 1, which `readyState` is compared with: y-websocket reads it here too, before it sends an update. */
	readonly OPEN: number;
	/** Bytes that were given to it and have not left yet. */
	readonly bufferedAmount: number;
	onopen: (() => void) | null;
	onmessage: ((event: { readonly data: ArrayBuffer }) => void) | null;
	onerror: ((event: unknown) => void) | null;
	onclose: ((event: { readonly code: number }) => void) | null;
	send(message: Uint8Array): void;
	close(): void;
}
