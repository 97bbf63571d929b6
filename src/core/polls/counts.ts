import { list, object, optional, text, tuple, uint, type BodyOf } from '../kernel/fields.ts';

/** What a roll weighs by: voting units, heads (one an owner), hundredths of a square metre (LEDGER 4, "bases"). */
export const MEASURES = ['units', 'heads', 'area'] as const;
export type Measure = (typeof MEASURES)[number];

/** 应到 实到 同意 反对 弃权 废票 未投: the five last add up to the base they were counted on. */
const sevenFields = {
	eligible: uint,
	present: uint,
	approve: uint,
	reject: uint,
	abstain: uint,
	spoiled: uint,
	notVoted: uint,
};
export type SevenCounts = BodyOf<typeof sevenFields>;
export type CountName = keyof SevenCounts;

/**
 * What a closing declares: the seven counts by each measure; of a choice the votes of every option, round by round;
 * of groups whose share the rule asks for, their size and how many of them took part.
 */
const countsFields = {
	units: object(sevenFields),
	heads: object(sevenFields),
	area: object(sevenFields),
	rounds: optional(list(list(uint, 20), 20)),
	groups: optional(list(tuple(text(40), uint, uint), 4)),
};
export const countsField = object(countsFields);
export type Counts = BodyOf<typeof countsFields>;

export const NOBODY: SevenCounts = {
	eligible: 0,
	present: 0,
	approve: 0,
	reject: 0,
	abstain: 0,
	spoiled: 0,
	notVoted: 0,
};

/** 20000.00 for two million hundredths of a square metre; other measures as they are. */
export function figure(measure: Measure, value: number | bigint): string {
	if (measure !== 'area') return String(value);
	const digits = String(value).padStart(3, '0');
	return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** The same number of everything, in every name and measure. */
export function sameCounts(a: Counts, b: Counts): boolean {
	const alike = MEASURES.every((measure) => sameSeven(a[measure], b[measure]));
	return alike && sameNumbers(a.rounds, b.rounds) && sameNumbers(a.groups, b.groups);
}

const sameSeven = (a: SevenCounts, b: SevenCounts) =>
	(Object.keys(a) as CountName[]).every((name) => a[name] === b[name]);

const sameNumbers = (a: unknown, b: unknown) => JSON.stringify(a ?? []) === JSON.stringify(b ?? []);
