import type { Handle } from '@sveltejs/kit';
import { AsyncLocalStorage } from 'node:async_hooks';
import { localeOfPath, type Locale } from '#lib/i18n/locale.ts';
import { baseLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';
import { publicationReader } from '#lib/server/publications.ts';

// Two requests in two languages render at the same time, so the locale belongs to the request, not to the module.
const localeOfRequest = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => localeOfRequest.getStore() ?? baseLocale);

export const handle: Handle = ({ event, resolve }) => {
	const locale = localeOfPath(event.url.pathname);
	event.locals.locale = locale;
	event.locals.publications = publicationReader();
	return localeOfRequest.run(locale, async () =>
		resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) }),
	);
};
