import type { DeviceKey } from '#core/kernel/ids.ts';
import type { Dial } from '#core/wire/line.ts';
import type { RelayStanding } from './relay-standing.ts';

/** Where a relay is that this device speaks to: at the app's own address, or on a laptop in the courtyard. */
export type RelayPlace = 'home' | 'courtyard';

/** One of them. The device reconciles with each for itself, so that it carries from one to the other. */
export interface RelayHere {
	readonly dial: Dial;
	/** How the ledger stands to it. */
	readonly standing: RelayStanding;
	/** An unused code by which it takes a grid that it does not know. */
	readonly founding: string | undefined;
	/** Whose admission it is shown, besides the device's own: its own key, where it takes only who took it on. */
	readonly shown: readonly DeviceKey[];
}
