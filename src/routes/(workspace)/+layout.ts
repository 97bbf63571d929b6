import { browser } from '$app/environment';
import { currentLocale } from '#lib/i18n/locale.ts';

export const ssr = false;

export function load(): void {
	// The prerendered shell says zh-Hans; screen readers and hyphenation follow the language chosen on this device.
	if (browser) document.documentElement.lang = currentLocale();
}
