import type { Handle } from '@sveltejs/kit';
import { AsyncLocalStorage } from 'node:async_hooks';
import { localeOfPath, type Locale } from '#lib/i18n/locale.ts';
import { baseLocale, overwriteGetLocale } from '#lib/i18n/paraglide/runtime.js';

// Two requests in two languages render at the same time, so the locale belongs to the request, not to the module.
const localeOfRequest = new AsyncLocalStorage<Locale>();
overwriteGetLocale(() => localeOfRequest.getStore() ?? baseLocale);

const SECURITY_HEADERS = {
	'X-Content-Type-Options': 'nosniff',
	'X-Frame-Options': 'DENY',
	'Referrer-Policy': 'no-referrer',
	'Permissions-Policy': 'camera=(self), microphone=(), geolocation=()',
};

export const handle: Handle = ({ event, resolve }) => {
	const locale = localeOfPath(event.url.pathname);
	event.locals.locale = locale;
	return localeOfRequest.run(locale, async () => {
		const response = await resolve(event, {
			transformPageChunk: ({ html }) => html.replace('%lang%', locale),
		});
		for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.headers.set(name, value);
		return response;
	});
};
