import { browser } from '$app/environment';
import { currentLocale } from '#lib/i18n/locale.ts';
import { preferences } from '#lib/session/device/preferences.svelte.ts';

export const ssr = false;

export function load(): void {
	if (!browser) return;
	// The prerendered shell says zh-Hans; screen readers and hyphenation follow the language chosen on this device.
	document.documentElement.lang = currentLocale();
	preferences.restore();
}
