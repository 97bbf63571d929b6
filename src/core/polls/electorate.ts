import { groupBy } from '../kernel/group.ts';
import type { MemberId } from '../kernel/ids.ts';
import { decodeIdList, type BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { Measure } from './counts.ts';
import type { RollUnit } from './roll.ts';
import type { Closing, Poll } from './state.ts';

/** Who may be counted: the units of the roll, and those present where the rule counts only them. */
export interface Electorate {
	readonly units: ReadonlyMap<string, RollUnit>;
	/** The names of the units a member votes for, alone or with others. */
	readonly unitsOf: ReadonlyMap<MemberId, readonly string[]>;
	/** undefined where everybody on the roll counts. */
	readonly present: ReadonlySet<MemberId> | undefined;
}

export function electorateOf(poll: Pick<Poll, 'roll' | 'presentOnly'>, present: readonly MemberId[] = []): Electorate {
	const roll = poll.roll ?? [];
	const places = roll.flatMap(({ unit, members }) => members.map((member) => ({ unit, member })));
	const unitsOf = new Map(
		[...groupBy(places, ({ member }) => member)].map(([member, own]) => [member, own.map(({ unit }) => unit)]),
	);
	const here = present.filter((member) => unitsOf.has(member));
	return {
		units: new Map(roll.map((unit) => [unit.unit, unit])),
		unitsOf,
		present: poll.presentOnly ? new Set(here) : undefined,
	};
}

/** LEDGER 4.4: whom the attendance that a closing cites names; undefined while it is not held. */
export function presentMembers(
	{ ledger, blobs }: { readonly ledger: LedgerReader; readonly blobs: BlobSource },
	{ attendance }: Pick<Closing, 'attendance'>,
): readonly MemberId[] | undefined {
	const taken = ledger.find(attendance, 'meeting.attendance');
	return taken && decodeIdList<MemberId>(blobs(taken.body.present));
}

/** The unit a member votes for; undefined when it is not on the roll, not its own, or not named among several. */
export function unitFor({ unitsOf }: Electorate, member: MemberId, named?: string): string | undefined {
	const own = unitsOf.get(member) ?? [];
	if (named !== undefined) return own.includes(named) ? named : undefined;
	return own.length === 1 ? own[0] : undefined;
}

/** LEDGER 4: a unit is there as soon as one of its members is. */
export function presentUnits({ units, present }: Electorate): readonly RollUnit[] {
	const all = [...units.values()];
	return present ? all.filter(({ members }) => members.some((member) => present.has(member))) : all;
}

/** A sum of hands tells weights only where every unit weighs the same. */
export function weighsEqually({ units }: Electorate): boolean {
	return [...units.values()].every(({ heads, area }) => heads === 1 && area === 0);
}

export const weightOf = ({ heads, area }: RollUnit): Readonly<Record<Measure, number>> => ({ units: 1, heads, area });
