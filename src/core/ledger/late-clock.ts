import type { DeviceKey } from '../kernel/ids.ts';
import type { Ledger } from './ledger.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** One other device alone may be the one whose clock is wrong. */
const BELIEVED = 2;

/**
 * CLOCK-3: whether a device's clock seems to be behind: at least two others have written, by theirs, more than a day
 * later. That it is ahead, nothing in a ledger shows. `now`: milliseconds since 1970.
 */
export function isClockBehind(ledger: Ledger, own: DeviceKey, now: number): boolean {
	const later = new Set<DeviceKey>();
	for (const { by, at } of ledger.all()) if (by !== own && at > now + DAY_MS) later.add(by);
	return later.size >= BELIEVED;
}
