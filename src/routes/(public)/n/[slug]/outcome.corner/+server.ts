import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';

/** BUNDLE-8: the outcome at this address as a file. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const file = await locals.publications.outcomeFile(params.slug);
	if (!file) error(404);
	return new Response(file as BodyInit, {
		headers: {
			'content-type': 'application/gzip',
			'content-disposition': `attachment; filename="${params.slug}.corner"`,
			'cache-control': 'no-cache',
		},
	});
};
