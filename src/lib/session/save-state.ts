import type { TrunkStatus } from '#lib/adapters/trunk-connection/status.ts';

/** What the state line says, most urgent first (UX 2). */
export type SaveState =
	| { readonly kind: 'cannot-store' }
	| { readonly kind: 'refused'; readonly count: number }
	| { readonly kind: 'not-known-yet' }
	/** The relay knows the grid and will not have this device: a used-up or forged invitation. */
	| { readonly kind: 'forbidden' }
	/** This app and the relay do not understand each other. */
	| { readonly kind: 'versions-differ' }
	/** GONE-2: the ledger has let the relay go; what is unsent waits on this device. */
	| { readonly kind: 'relay-ended'; readonly unsent: number }
	/** Not on the disk yet, so nothing may be called saved. */
	| { readonly kind: 'storing' }
	| { readonly kind: 'no-network'; readonly unsent: number }
	| { readonly kind: 'unreachable'; readonly unsent: number }
	/** Reached, and out of room: what is unsent waits on this device. */
	| { readonly kind: 'relay-full'; readonly unsent: number }
	| { readonly kind: 'connecting' }
	| { readonly kind: 'sending'; readonly unsent: number }
	| { readonly kind: 'saved' };

export interface SaveFacts {
	readonly trunk: TrunkStatus;
	/** What the browser says of the device's network. It may say yes wrongly, never no. */
	readonly online: boolean;
	readonly storageFailed: boolean;
	readonly refused: number;
	/** Local changes that no relay has acknowledged. */
	readonly unsent: number;
	/** Local writes that IndexedDB has not confirmed yet. */
	readonly writing: number;
	/** Whether this opening of the app was ever connected. */
	readonly everConnected: boolean;
}

/** NET-1: one sentence, never more cheerful than the truth: "saved" only when stored here and acknowledged there. */
export function saveState(facts: SaveFacts): SaveState {
	const { trunk, unsent } = facts;
	if (facts.storageFailed) return { kind: 'cannot-store' };
	if (facts.refused > 0) return { kind: 'refused', count: facts.refused };
	if (trunk === 'not-known-yet' || trunk === 'forbidden' || trunk === 'versions-differ') return { kind: trunk };
	if (trunk === 'relay-ended') return { kind: trunk, unsent };
	if (trunk === 'full') return { kind: 'relay-full', unsent };
	if (facts.writing > 0 && trunk !== 'open') return { kind: 'storing' };
	if (!facts.online && trunk !== 'open') return { kind: 'no-network', unsent };
	if (trunk !== 'open')
		return facts.everConnected || trunk !== 'connecting' ? { kind: 'unreachable', unsent } : { kind: 'connecting' };
	return unsent + facts.writing > 0 ? { kind: 'sending', unsent: Math.max(unsent, 1) } : { kind: 'saved' };
}
