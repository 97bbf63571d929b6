import type { Newcomer } from '#core/roster/state.ts';
import { recall, remember } from './local-memory.ts';

const KEY = 'council-corner-hidden-newcomers';
/** Nobody looks through more; the oldest come back into sight. */
const MOST = 500;

/** Joins that somebody on this device does not want to see: strangers with a link. Hides them here and nowhere else. */
export const hiddenNewcomers = (): ReadonlySet<string> => new Set((recall(KEY) ?? '').split(' ').filter(Boolean));

export function shownNewcomers(newcomers: readonly Newcomer[], hidden = hiddenNewcomers()): readonly Newcomer[] {
	return newcomers.filter(({ join }) => !hidden.has(join));
}

export function hideNewcomer(join: string): ReadonlySet<string> {
	const hidden = [...hiddenNewcomers(), join].slice(-MOST);
	remember(KEY, hidden.join(' '));
	return new Set(hidden);
}

export function showAllNewcomers(): ReadonlySet<string> {
	remember(KEY, '');
	return new Set();
}
