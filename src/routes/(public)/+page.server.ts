import { listOutcomes } from '#lib/server/publications.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const outcomes = await listOutcomes(locals.publications);
	const names = new Set(outcomes.map(({ document }) => document.grid.name));
	// A relay may carry several corners; then none of them gives the page its name.
	const [corner] = names.size === 1 ? names : [];
	return { outcomes, corner, corners: [...names] };
};
