import { namesIn } from './names-in.ts';

export const FINDING_KINDS = ['mobile', 'landline', 'identity-card', 'name'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

/** Something that usually should not be public. A person decides; nothing is refused for it. */
export interface Finding<Place extends string = string> {
	readonly kind: FindingKind;
	/** Which of the parts it stands in. */
	readonly place: Place;
	/** As it is written there. */
	readonly words: string;
	/** A few characters around it, so that it can be found. */
	readonly excerpt: string;
}

export interface Part<Place extends string = string> {
	readonly place: Place;
	readonly text: string;
}

/** What stands between groups of digits: one space, hyphen or dot. */
const SEPARATOR = '[ .·-]?';
const NOT_BEFORE = '(?<![\\d.])(?<!\\d[-/])';
/** A number with a unit is an amount, an area or a count. */
const NOT_AFTER = '(?![\\d]|[-/.]\\d|\\s?(?:元|万|亿|平方|平米|㎡|m2|户|人|号|年|月|日|%))';
const pattern = (body: string) => new RegExp(`${NOT_BEFORE}${body}${NOT_AFTER}`, 'giu');

const MOBILE = pattern(
	`(?:(?:\\+|00)?86${SEPARATOR})?1[3-9]\\d(?:${SEPARATOR}\\d{4}${SEPARATOR}\\d{4}|${SEPARATOR}\\d{3}${SEPARATOR}\\d{5}|${SEPARATOR}\\d{3}${SEPARATOR}\\d{3}${SEPARATOR}\\d{2})`,
);
/** With its area code; or without one where the words before it say that it is a number to call. */
const LANDLINE = pattern(`\\(?0(?:10|2\\d|[3-9]\\d{2})\\)?[ -]{0,3}[2-8]\\d{2,3}${SEPARATOR}\\d{4}`);
const CALLED = new RegExp(
	`(?<=(?:电话|座机|热线|致电|拨打|联系|tel|phone)[^\\d\\n]{0,6})[2-8]\\d{2,3}${SEPARATOR}\\d{4}${NOT_AFTER}`,
	'giu',
);
const MONTH_AND_DAY = '(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const IDENTITY_CARD = pattern(
	`[1-9]\\d{5}(?:${SEPARATOR}(?:18|19|20)\\d{2}${MONTH_AND_DAY}${SEPARATOR}\\d{3}[\\dx]|\\d{2}${MONTH_AND_DAY}\\d{3})`,
);

/** PUB-11: telephone numbers, identity cards and names of members, in the order of the parts. */
export function findingsIn<Place extends string>(
	parts: readonly Part<Place>[],
	names: readonly string[],
): readonly Finding<Place>[] {
	return parts.flatMap(({ place, text }) =>
		spansIn(text, names).map(({ kind, start, end }) => ({
			...{ kind, place, words: text.slice(start, end).trim() },
			excerpt: excerptOf(text, start, end),
		})),
	);
}

interface Span {
	readonly kind: FindingKind;
	readonly start: number;
	readonly end: number;
}

function spansIn(text: string, names: readonly string[]): readonly Span[] {
	const plain = toHalfWidth(text);
	const found = [
		...matches(plain, IDENTITY_CARD, 'identity-card'),
		...matches(plain, MOBILE, 'mobile'),
		...matches(plain, LANDLINE, 'landline'),
		...matches(plain, CALLED, 'landline'),
		...namesIn(text, names).map(({ start, end }) => ({ kind: 'name' as const, start, end })),
	];
	const first = found.filter((span, index) => !found.slice(0, index).some((earlier) => overlap(span, earlier)));
	return first.sort((a, b) => a.start - b.start);
}

const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

const matches = (text: string, pattern: RegExp, kind: FindingKind): readonly Span[] =>
	[...text.matchAll(pattern)].map(({ index, 0: words }) => ({ kind, start: index, end: index + words.length }));

/** One character for one, so that places stay: １３８ → 138, － and – → -, （ → (, wide spaces → a space. */
function toHalfWidth(text: string): string {
	const narrow = text.replace(/[\uff01-\uff5e]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
	return narrow.replace(/[\u2010-\u2015\u2212]/g, '-').replace(/[\u00a0\u2002-\u200a\u3000\t]/g, ' ');
}

const AROUND = 8;

function excerptOf(text: string, start: number, end: number): string {
	const from = Math.max(text.lastIndexOf('\n', start - 1) + 1, start - AROUND);
	const stop = text.indexOf('\n', end);
	return text.slice(from, Math.min(stop < 0 ? text.length : stop, end + AROUND)).trim();
}
