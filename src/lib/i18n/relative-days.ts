import { DAY, HOUR, MINUTE, fullDate, isoParts, shortDate } from './dates.ts';
import { m } from './paraglide/messages.js';

/** How long ago, in words; from the eighth day on, the date, with its year when that is not this one. */
export function timeAgo(at: number, now: number): string {
	const days = calendarDays(at, now);
	if (now - at < MINUTE) return m.time_just_now();
	if (now - at < HOUR) return m.time_minutes_ago({ count: Math.floor((now - at) / MINUTE) });
	if (days === 0) return m.time_hours_ago({ count: Math.floor((now - at) / HOUR) });
	if (days === 1) return m.time_yesterday();
	if (days <= 7) return m.time_days_ago({ count: days });
	return isoParts(at).year === isoParts(now).year ? shortDate(at) : fullDate(at);
}

/** Midnights between two moments. China has no summer time. */
function calendarDays(from: number, to: number): number {
	const dayOf = (at: number) => Math.floor((at + 8 * HOUR) / DAY);
	return dayOf(to) - dayOf(from);
}
