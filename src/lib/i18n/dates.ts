import { currentLocale, type Locale } from './locale.ts';
import { m } from './paraglide/messages.js';

/** Every date of this product is read on a wall clock in China, wherever the device is. */
const TIME_ZONE = 'Asia/Shanghai';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const TAGS: Readonly<Record<Locale, string>> = { 'zh-Hans': 'zh-CN', en: 'en-GB' };
const formats = new Map<string, Intl.DateTimeFormat>();

/** 2026年12月5日 星期六 · Saturday, 5 December 2026 */
export function longDate(at: number): string {
	return m.date_long({ date: fullDate(at), weekday: format(at, { weekday: 'long' }) });
}

/** 2026年12月5日 · 5 December 2026 */
export const fullDate = (at: number): string => format(at, { year: 'numeric', month: 'long', day: 'numeric' });

/** 12月5日 · 5 Dec */
export const shortDate = (at: number): string => format(at, { month: 'short', day: 'numeric' });

/** 19:00 */
export const clockTime = (at: number): string => format(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

/** 12月5日 19:00 · 5 Dec 19:00 */
export const dateAndTime = (at: number): string => m.date_and_time({ date: shortDate(at), time: clockTime(at) });

/** How long until a deadline, in words; UX 2.10. */
export function timeLeft(until: number, now: number): string {
	const left = until - now;
	if (left <= 0) return m.time_over();
	if (left < HOUR) return m.time_left_minutes({ count: Math.ceil(left / MINUTE) });
	if (left < DAY) return m.time_left_hours({ count: Math.round(left / HOUR) });
	return m.time_left_days({ count: Math.round(left / DAY) });
}

export function format(at: number, options: Intl.DateTimeFormatOptions): string {
	const locale = currentLocale();
	const key = `${locale} ${JSON.stringify(options)}`;
	const held = formats.get(key) ?? new Intl.DateTimeFormat(TAGS[locale], { timeZone: TIME_ZONE, ...options });
	formats.set(key, held);
	return held.format(at);
}

/** Numbers of the wall clock, as text. */
export function isoParts(at: number): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
	const [date = '', time = ''] = new Date(at + 8 * HOUR).toISOString().split('T');
	const [year = '', month = '', day = ''] = date.split('-');
	const [hour = '', minute = ''] = time.split(':');
	return { year, month, day, hour, minute };
}
