import type { LedgerRecord } from '../ledger/record.ts';
import { CHOICES } from './records.ts';

type Body = LedgerRecord<'poll.open'>['body'];

/** ADM-5: what the fields of an opening must say of each other. */
export function isPollWellFormed({ body }: LedgerRecord<'poll.open'>): boolean {
	return hasOffices(body) && hasThresholds(body) && hasOptions(body) && hasSettings(body);
}

const areDistinct = (values: readonly string[]) => new Set(values).size === values.length;

function hasOffices({ tellers, stations, q }: Body): boolean {
	return areDistinct(tellers) && areDistinct(stations) && q >= 1 && q <= tellers.length;
}

function hasThresholds({ rule, groups }: Body): boolean {
	const fractions = [...rule.quorum, ...rule.pass].map(([, , num, den]) => [num, den] as const);
	const shares = rule.groups.map(([, , num, den]) => [num, den] as const);
	const isDefined = [...fractions, ...shares].every(([, den]) => den > 0);
	return isDefined && rule.pass.length > 0 && (rule.groups.length === 0 || groups !== undefined);
}

/** A motion can be approved; a choice has something to choose, and one measure by which options are compared. */
function hasOptions({ form, options, rule }: Body): boolean {
	if (!areDistinct(options)) return false;
	if (form !== 'motion') return options.length >= 2 && new Set(rule.pass.map(([measure]) => measure)).size === 1;
	return options.includes('approve') && options.every((option) => CHOICES.some((choice) => choice === option));
}

/** Who is not there votes through nobody; the silent follow only where a clause says so, and only on a motion. */
function hasSettings({ form, rule, presentOnly = false }: Body): boolean {
	if (presentOnly && rule.proxies > 0) return false;
	return rule.silent === 'none' || (rule.clause !== undefined && form === 'motion');
}
