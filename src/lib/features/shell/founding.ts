import type { GRID_KINDS } from '#core/roster/records.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

export type GridKind = (typeof GRID_KINDS)[number];
export interface CornerPlan {
	readonly name: string;
	readonly kind: GridKind;
}

const NAMES: Readonly<Record<GridKind, () => string>> = {
	residential: m.grid_residential,
	dedicated: m.grid_dedicated,
	rural: m.grid_rural,
};

export const gridKindName = (kind: GridKind): string => NAMES[kind]();

export type FoundingStep = 1 | 2 | 3;
export const STEPS = 3;
export const STEP_TITLES: Readonly<Record<FoundingStep, () => string>> = {
	1: m.found_corner_title,
	2: m.found_you_title,
	3: m.found_check_title,
};
