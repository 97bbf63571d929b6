import type { Publication } from '#core/publication/state.ts';
import { MINUTE } from '#lib/i18n/dates.ts';

const WINDOW = 5 * MINUTE;

/**
 * PUB-12: milliseconds in which what was just published is taken back without a word of explanation; by the clock of
 * this device, which also wrote down when it published. A matter of the screen: core knows no time.
 */
export function undoLeft(published: readonly Pick<Publication, 'at'>[], now: number): number {
	const latest = Math.max(0, ...published.map(({ at }) => at));
	const left = latest + WINDOW - now;
	return left > WINDOW ? 0 : Math.max(0, left);
}
