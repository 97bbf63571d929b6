import { baseLocale, getLocale, locales, setLocale, type Locale } from './paraglide/runtime.js';

export { locales, type Locale };

export function currentLocale(): Locale {
	return getLocale();
}

/** For the workspace, where the choice lives in localStorage; a reload is what makes every text follow. */
export function switchLocale(locale: Locale): void {
	void setLocale(locale);
}

/** Public pages say their language in the path, so that a link keeps it and no cookie is needed. */
export function localeOfPath(pathname: string): Locale {
	return pathname === '/en' || pathname.startsWith('/en/') ? 'en' : baseLocale;
}

/** Where the public outcomes are, in the reader's language. */
export function publicHome(): string {
	return getLocale() === 'en' ? '/en/' : '/';
}
