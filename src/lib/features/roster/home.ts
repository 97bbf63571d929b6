import type { RecordId } from '#core/kernel/ids.ts';
import type { Home } from '#core/roster/acts.ts';
import type { CouncilMember } from '#core/roster/state.ts';

/** Where a member lives, as a form changes it. */
export function homeOf({ courtyard, household }: Pick<CouncilMember, 'courtyard' | 'household'>): Home {
	return { ...(courtyard && { courtyard }), ...(household && { household }) };
}

/** The same home with another place of one kind; '' is nowhere. */
export function homeWith({ courtyard, household }: Home, kind: keyof Home, place: string): Home {
	return homeOf({ courtyard, household, [kind]: place === '' ? undefined : (place as RecordId) });
}
