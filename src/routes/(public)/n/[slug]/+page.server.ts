import { error } from '@sveltejs/kit';
import { readOutcome } from '#lib/server/publications.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const outcome = await readOutcome(locals.publications, params.slug);
	if (!outcome) error(404);
	return { outcome, corner: outcome.document.grid.name };
};
