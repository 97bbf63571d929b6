import type { PlaceKind } from '#core/places/records.ts';
import type { GRID_KINDS } from '#core/roster/records.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

const KINDS: Readonly<Record<PlaceKind, () => string>> = {
	community: m.places_community,
	grid: m.places_grid,
	courtyard: m.places_courtyard,
	building: m.places_building,
	household: m.places_household,
};

const GRIDS: Readonly<Record<(typeof GRID_KINDS)[number], () => string>> = {
	residential: m.grid_residential,
	dedicated: m.grid_dedicated,
	rural: m.grid_rural,
};

export const placeKindName = (kind: PlaceKind): string => KINDS[kind]();

/** The corner's own kind, as it was founded. */
export const gridKindName = (kind: string): string => (kind in GRIDS ? GRIDS[kind as keyof typeof GRIDS]() : kind);
