import type { RecordId } from '../kernel/ids.ts';
import type { PlaceKind } from './records.ts';
import type { Place, Places } from './state.ts';

/** Places directly in one; without a parent those at the top, also where the parent was ended. */
export function childrenOf(places: Places, parent: RecordId | undefined): readonly Place[] {
	const isChild = (place: Place) =>
		parent === undefined ? place.parent === undefined || !places.has(place.parent) : place.parent === parent;
	return [...places.values()].filter(isChild);
}

export function placesOfKind(places: Places, kind: PlaceKind): readonly Place[] {
	return [...places.values()].filter((place) => place.kind === kind);
}

/** From the widest to the place itself. */
export function pathOf(places: Places, id: RecordId | undefined): readonly Place[] {
	const place = id === undefined ? undefined : places.get(id);
	return place ? [...pathOf(places, place.parent), place] : [];
}
