import { afterClose, closeReasonOf } from '#core/wire/close-codes.ts';

/**
 * `full`: logged in, and the relay takes nothing more for now. `forbidden`, `versions-differ` and `relay-ended` (the
 * ledger has let this relay go) are final: nothing is tried again until the person asks for it.
 */
export type TrunkStatus =
	'connecting' | 'open' | 'full' | 'lost' | 'not-known-yet' | 'forbidden' | 'versions-differ' | 'relay-ended';

/** CLOSE-1: what a closed connection is called. */
export function statusOf(code: number): TrunkStatus {
	const reason = closeReasonOf(code);
	if (reason === 'notKnownYet') return 'not-known-yet';
	if (reason === 'full') return 'full';
	if (reason === 'forbidden') return 'forbidden';
	return afterClose(code) === 'stop' ? 'versions-differ' : 'lost';
}
