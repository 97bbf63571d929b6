import { currentLocale, type Locale } from './locale.ts';
import { m } from './paraglide/messages.js';

/** Every date of this product is read on a wall clock in China, wherever the device is. */
const TIME_ZONE = 'Asia/Shanghai';
const OFFSET = '+08:00';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MEETING_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

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

/** What a DateBlock shows. */
export interface DateParts {
	readonly datetime: string;
	readonly month: string;
	readonly day: string;
	readonly weekday: string;
}

export function dateParts(at: number): DateParts {
	return {
		datetime: meetingTimeText(at).slice(0, 10),
		month: format(at, { month: 'short' }),
		day: String(Number(isoParts(at).day)),
		weekday: format(at, { weekday: 'short' }),
	};
}

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

/** How long until a deadline, in words; UX 2.10. */
export function timeLeft(until: number, now: number): string {
	const left = until - now;
	if (left <= 0) return m.time_over();
	if (left < HOUR) return m.time_left_minutes({ count: Math.ceil(left / MINUTE) });
	if (left < DAY) return m.time_left_hours({ count: Math.round(left / HOUR) });
	return m.time_left_days({ count: Math.round(left / DAY) });
}

/** 今天 · 明天 · 12月5日: for what lies ahead. */
export function dayAhead(at: number, now: number): string {
	const days = calendarDays(now, at);
	if (days === 0) return m.time_today();
	return days === 1 ? m.time_tomorrow() : shortDate(at);
}

/** Milliseconds of a meeting's wall-clock text, `YYYY-MM-DDTHH:MM`; undefined when it is no such text. */
export function parseMeetingTime(text: string): number | undefined {
	if (!MEETING_TIME.test(text)) return undefined;
	const at = Date.parse(`${text}:00${OFFSET}`);
	return Number.isNaN(at) || meetingTimeText(at) !== text ? undefined : at;
}

/** The wall-clock text that a meeting's record holds. */
export function meetingTimeText(at: number): string {
	const { year, month, day, hour, minute } = isoParts(at);
	return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** 12月5日 周六 19:00 · Sat, 5 Dec, 19:00; the text itself when it cannot be read. */
export function meetingTime(text: string): string {
	const at = parseMeetingTime(text);
	if (at === undefined) return text;
	return m.date_meeting({ date: shortDate(at), weekday: format(at, { weekday: 'short' }), time: clockTime(at) });
}

function format(at: number, options: Intl.DateTimeFormatOptions): string {
	const locale = currentLocale();
	const key = `${locale} ${JSON.stringify(options)}`;
	const held = formats.get(key) ?? new Intl.DateTimeFormat(TAGS[locale], { timeZone: TIME_ZONE, ...options });
	formats.set(key, held);
	return held.format(at);
}

function isoParts(at: number): Record<'year' | 'month' | 'day' | 'hour' | 'minute', string> {
	const [date = '', time = ''] = new Date(at + 8 * HOUR).toISOString().split('T');
	const [year = '', month = '', day = ''] = date.split('-');
	const [hour = '', minute = ''] = time.split(':');
	return { year, month, day, hour, minute };
}

/** Midnights between two moments. China has no summer time. */
function calendarDays(from: number, to: number): number {
	const dayOf = (at: number) => Math.floor((at + 8 * HOUR) / DAY);
	return dayOf(to) - dayOf(from);
}
