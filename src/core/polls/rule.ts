import { list, object, oneOf, optional, text, tuple, uint, type BodyOf } from '../kernel/fields.ts';
import { MEASURES, type Measure } from './counts.ts';

/** What a threshold divides by (LEDGER 4). */
export const BASES = ['eligible', 'present', 'cast', 'expressed'] as const;
export type Base = (typeof BASES)[number];
export const OPERATORS = ['>=', '>'] as const;
export type Operator = (typeof OPERATORS)[number];
export const SILENT_VOTES = ['none', 'returned-blank-follows-majority', 'all-silent-follow-majority'] as const;

/** `[measure, base, num, den, op]`: numerator · den op base · num, in integers. */
const threshold = tuple(oneOf(MEASURES), oneOf(BASES), uint, uint, oneOf(OPERATORS));
export type Threshold = readonly [measure: Measure, base: Base, num: number, den: number, op: Operator];

/**
 * `[group, of, num, den, op]`, by members: the group's size as a share of the `roll` or of another group; of `present`,
 * how many of the group took part (RULES B.1 R3).
 */
const groupTest = tuple(text(40), text(40), uint, uint, oneOf(OPERATORS));
export type GroupTest = readonly [group: string, of: string, num: number, den: number, op: Operator];

/** Frozen in `poll.open`, so that the rule is fixed before the first ballot. */
const ruleFields = {
	/** Names the profile it was taken from (profiles.ts). */
	profile: text(40),
	version: uint,
	quorum: list(threshold, 8),
	/** Of a choice: what the winner must reach. */
	pass: list(threshold, 8),
	groups: list(groupTest, 4),
	silent: oneOf(SILENT_VOTES),
	/** The clause of the body's own rules that lets the silent follow the majority. */
	clause: optional(text(120)),
	/** Proxies one member may use at most; 0: none. */
	proxies: uint,
};
export const ruleField = object(ruleFields);
export type DecisionRule = BodyOf<typeof ruleFields>;

/** What a rule weighs by, in the order of MEASURES. */
export const measuresOf = ({ quorum, pass }: Pick<DecisionRule, 'quorum' | 'pass'>): readonly Measure[] =>
	MEASURES.filter((measure) => [...quorum, ...pass].some(([used]) => used === measure));
