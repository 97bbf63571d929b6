import * as v from 'valibot';
import { encodeCbor } from '../kernel/cbor.ts';
import { id, list, text, tuple, uint } from '../kernel/fields.ts';
import { compareText, type MemberId } from '../kernel/ids.ts';
import { decodeBlob } from '../ledger/blobs.ts';
import type { UnitKind } from './records.ts';

/** One voting unit: `heads` weighs by owners, `area` by hundredths of a square metre (residents: 1 and 0). */
export interface RollUnit {
	readonly unit: string;
	readonly heads: number;
	readonly area: number;
	readonly members: readonly MemberId[];
}

const unitField = tuple(text(64), uint, uint, list(id, 32));
const rollField = list(unitField, 20_000);

/** POLL-2: sorted by unit name. */
export function encodeRoll(units: readonly RollUnit[]): Uint8Array {
	const sorted = [...units].sort((a, b) => compareText(a.unit, b.unit));
	return encodeCbor(rollField.encode(sorted.map((unit) => [unit.unit, unit.heads, unit.area, unit.members] as const)));
}

/** Each member is a unit of its own. */
export function memberRoll(members: readonly MemberId[]): readonly RollUnit[] {
	return members.map((member) => ({ unit: member, heads: 1, area: 0, members: [member] }));
}

/** POLL-2: undefined when the blob is not held, or is not a sorted roll of unique units that each have a member. */
export function decodeRoll(bytes: Uint8Array | undefined): readonly RollUnit[] | undefined {
	const parsed = v.safeParse(rollField.schema, decodeBlob(bytes));
	if (!parsed.success) return undefined;
	const units = parsed.output.map(([unit, heads, area, members]) => ({ unit, heads, area, members }));
	const ascending = units.every(({ unit }, index) => index === 0 || (units[index - 1]?.unit ?? '') < unit);
	const peopled = units.every(({ members }) => members.length > 0 && new Set(members).size === members.length);
	return ascending && peopled && canBeAddedUp(units) ? units : undefined;
}

/** The names of the units a member votes for. */
export function ownUnits(
	{ roll = [] }: { readonly roll: readonly RollUnit[] | undefined },
	member: MemberId | undefined,
): readonly string[] {
	return roll.filter(({ members }) => member !== undefined && members.includes(member)).map(({ unit }) => unit);
}

/** POLL-15: what kind of unit votes says what a unit may look like. */
export function suitsKind(kind: UnitKind, { unit, heads, area, members }: RollUnit): boolean {
	if (kind === 'owner') return true;
	if (area > 0 || heads !== 1) return false;
	return kind === 'household' || (members.length === 1 && members[0] === unit);
}

/** Sums stay exact: RULE-1 allows no rounding. */
function canBeAddedUp(units: readonly RollUnit[]): boolean {
	const sum = (of: (unit: RollUnit) => number) => units.reduce((total, unit) => total + BigInt(of(unit)), 0n);
	return [sum(({ heads }) => heads), sum(({ area }) => area)].every((total) => total <= Number.MAX_SAFE_INTEGER);
}
