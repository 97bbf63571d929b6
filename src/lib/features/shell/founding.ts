import { usualQuorum, type Cofounder } from '#core/roster/cofounding.ts';
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

/** Who founds with this phone, asked by a nonce, and how many of all end a convener's role. */
export interface Together {
	readonly nonce: string;
	readonly cofounders: readonly Cofounder[];
	readonly quorum: number;
}

/** Whenever somebody comes or goes, the usual number is proposed again. */
export const withCofounders = ({ nonce }: Together, cofounders: readonly Cofounder[]): Together => ({
	nonce,
	cofounders,
	quorum: usualQuorum(cofounders.length + 1),
});

/** How many founders must agree, in words. */
export function quorumName(quorum: number, founders: number): string {
	if (quorum === founders) return m.founding_quorum_all({ founders });
	return quorum === 1 ? m.founding_quorum_one() : m.founding_quorum_some({ founders, quorum });
}

export type FoundingStep = 1 | 2 | 3 | 4;
export const STEPS = 4;
export const STEP_TITLES: Readonly<Record<FoundingStep, () => string>> = {
	1: m.found_corner_title,
	2: m.found_you_title,
	3: m.founding_together_title,
	4: m.found_check_title,
};
/** Where the back link of a step leads. */
export const STEP_BEFORE: Readonly<Record<FoundingStep, FoundingStep>> = { 1: 1, 2: 1, 3: 2, 4: 3 };
