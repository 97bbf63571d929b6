import { groupBy } from '#core/kernel/group.ts';
import type { RecordId } from '#core/kernel/ids.ts';
import { pathOf } from '#core/places/selectors.ts';
import type { Place, Places } from '#core/places/state.ts';
import type { Roster } from '#core/roster/state.ts';

export interface PlaceNode {
	readonly place: Place;
	/** Members who live in it, or in a place within. */
	readonly members: number;
	readonly children: readonly PlaceNode[];
}

/** The places from the widest down, each with how many members live there; in one walk over members and places. */
export function placeTree(places: Places, roster: Roster): readonly PlaceNode[] {
	const counts = membersByPlace(places, roster);
	const parentOf = ({ parent }: Place) => (parent !== undefined && places.has(parent) ? parent : undefined);
	const children = groupBy(places.values(), parentOf);
	const nodesIn = (parent: RecordId | undefined): readonly PlaceNode[] =>
		(children.get(parent) ?? []).map((place) => ({
			place,
			members: counts.get(place.id) ?? 0,
			children: nodesIn(place.id),
		}));
	return nodesIn(undefined);
}

function membersByPlace(places: Places, { members }: Roster): ReadonlyMap<RecordId, number> {
	const counts = new Map<RecordId, number>();
	for (const { courtyard, household } of members.values()) {
		const home = new Set([...pathOf(places, courtyard), ...pathOf(places, household)].map(({ id }) => id));
		for (const id of home) counts.set(id, (counts.get(id) ?? 0) + 1);
	}
	return counts;
}
