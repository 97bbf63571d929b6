import type { MemberId, RecordId } from '../kernel/ids.ts';
import { err, type Result } from '../kernel/result.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import type { Roster } from '../roster/state.ts';
import { PLACE_KINDS, type PlaceKind } from './records.ts';
import { childrenOf } from './selectors.ts';
import type { Places } from './state.ts';

export type PlaceRefusal = NotPermitted | 'place-kind-order' | 'place-name-taken' | 'place-not-empty';

/** PLACE-2: who keeps the roster keeps the places; a place lies in one of a wider kind, and its name is its own there. */
export function mayAddPlace(
	roster: Roster,
	places: Places,
	member: MemberId | undefined,
	plan: { readonly kind: PlaceKind; readonly name: string; readonly parent?: RecordId | undefined },
): Result<Permission, PlaceRefusal> {
	const parent = plan.parent === undefined ? undefined : places.get(plan.parent);
	const wider = !parent || PLACE_KINDS.indexOf(parent.kind) < PLACE_KINDS.indexOf(plan.kind);
	if (!wider) return err('place-kind-order');
	const taken = childrenOf(places, plan.parent).some(({ kind, name }) => kind === plan.kind && name === plan.name);
	return taken ? err('place-name-taken') : permission(roster, member, 'place.add');
}

/** PLACE-3: only an empty place is ended: no place in it, and no member. */
export function mayEndPlace(
	roster: Roster,
	places: Places,
	member: MemberId | undefined,
	place: RecordId,
): Result<Permission, PlaceRefusal> {
	const lived = [...roster.members.values()].some(
		({ courtyard, household }) => courtyard === place || household === place,
	);
	if (lived || childrenOf(places, place).length > 0) return err('place-not-empty');
	return permission(roster, member, 'place.end');
}
