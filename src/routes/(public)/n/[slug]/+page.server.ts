import { error } from '@sveltejs/kit';
import { readAddress } from '#lib/server/publications.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const address = await readAddress(locals.publications, params.slug);
	if (!address) error(404);
	const { grid } = 'tombstone' in address ? address.tombstone : address.document;
	return { address, corner: grid.name };
};
