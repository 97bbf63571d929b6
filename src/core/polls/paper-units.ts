import type { MemberId, RecordId } from '../kernel/ids.ts';
import { pathOf } from '../places/selectors.ts';
import type { Places } from '../places/state.ts';
import type { RollUnit } from './roll.ts';
import type { Poll } from './state.ts';

/** Who can be meant by what is written on a paper. `nameOf`: a member's name. */
export interface PaperReader {
	readonly places: Places;
	readonly nameOf: (member: MemberId) => string;
}

/**
 * POLL-27: the unit of the roll that a paper names: a flat, the household at this address, or the member of this name.
 * Undefined where more than one could be meant.
 */
export function findUnit(reader: PaperReader, poll: Poll, wanted: string): RollUnit | undefined {
	const name = wanted.trim();
	const meant = (poll.roll ?? []).filter((unit) => waysToName(reader, poll, unit).includes(name));
	return meant.length === 1 ? meant[0] : undefined;
}

/** A unit as people call it: the flats, the household's whole address, the member. */
export function unitLabel({ places, nameOf }: PaperReader, { unit: kind }: Pick<Poll, 'unit'>, unit: string): string {
	if (kind === 'owner') return unit;
	if (kind === 'member') return nameOf(unit as MemberId);
	return addressOf(places, unit).join(' ') || unit;
}

function waysToName(reader: PaperReader, poll: Poll, { unit }: RollUnit): readonly string[] {
	if (poll.unit === 'owner') return [unit, ...unit.split('、')];
	if (poll.unit === 'member') return [unitLabel(reader, poll, unit)];
	// 101 alone will do where there is one, 1号楼 101 where there are several.
	const address = addressOf(reader.places, unit);
	const ends = address.map((_, start) => address.slice(start));
	return ends.flatMap((end) => [end.join(' '), end.join('')]);
}

const addressOf = (places: Places, unit: string): readonly string[] =>
	pathOf(places, unit as RecordId).map(({ name }) => name);
