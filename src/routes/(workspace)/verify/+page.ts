import { browser } from '$app/environment';
import { currentLocale } from '#lib/i18n/locale.ts';
import { suggestLocale } from '#lib/i18n/suggested-locale.ts';
import { preferences } from '#lib/session/device/preferences.svelte.ts';

export const ssr = false;
export const prerender = true;

export function load(): void {
	if (!browser) return;
	suggestLocale(location.hash);
	document.documentElement.lang = currentLocale();
	preferences.restore();
}
