import { clockTime, format, isoParts, shortDate } from './dates.ts';
import { m } from './paraglide/messages.js';

/** A meeting's place on the wall clock of China, whatever the device's. */
const OFFSET = '+08:00';
const MEETING_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/;

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
