import { error } from '@sveltejs/kit';
import type { PageServerLoad } from './$types';

/** Without this route Kit would answer with a page outside these layouts, in one language and with script. */
export const load: PageServerLoad = () => error(404);
