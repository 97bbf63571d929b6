import { locales, localStorageKey, setLocale } from './paraglide/runtime.js';

/** `/verify#en` is how an English public page leads on. Whoever has chosen a language on this device keeps it. */
export function suggestLocale(fragment: string): void {
	const suggested = locales.find((locale) => fragment === `#${locale}`);
	if (suggested && localStorage.getItem(localStorageKey) === null) void setLocale(suggested, { reload: false });
}
