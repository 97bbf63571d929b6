import type { Reroute } from '@sveltejs/kit';

/** `/en/…` are the pages of `/…` in English: one set of routes serves both. */
export const reroute: Reroute = ({ url }) => {
	if (url.pathname === '/en') return '/';
	if (url.pathname.startsWith('/en/')) return url.pathname.slice('/en'.length);
	return;
};
