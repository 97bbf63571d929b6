import type { Locale } from '#lib/i18n/locale.ts';
import type { PublicationReader } from '#lib/server/publications.ts';

declare global {
	namespace App {
		interface Locals {
			locale: Locale;
			publications: PublicationReader;
		}
		interface PageState {
			/** Which page of a ballot is on screen; without it, what the ledger says decides. */
			ballot?: 'choice' | 'check' | 'receipt';
		}
		interface PageData {
			/** Name of the corner that the public page is about, when it is about one. */
			corner?: string | undefined;
		}
	}
}
