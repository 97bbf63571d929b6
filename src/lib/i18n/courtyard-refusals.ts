import type { DialRefusal } from '#core/wire/line.ts';
import type { CardRefusal } from '#core/wire/relay-card.ts';
import { m } from './paraglide/messages.js';
import { refusalText, type RefusalCode } from './refusals.ts';

export type CourtyardRefusal = CardRefusal | DialRefusal;

/** What happened with a laptop in the courtyard, and what to do. */
const COURTYARD_SENTENCES: Readonly<Record<CourtyardRefusal, () => string>> = {
	'not-a-card': m.courtyard_not_a_card,
	'card-newer': m.courtyard_card_newer,
	'card-broken': m.courtyard_card_broken,
	'no-webrtc': m.courtyard_no_webrtc,
	'relay-unreachable': m.courtyard_unreachable,
	'relay-differs': m.courtyard_differs,
};

/** Apart from the other refusals, so that the vote's page need not load it. */
export function courtyardRefusalText(code: CourtyardRefusal | RefusalCode): string {
	return isOfCourtyard(code) ? COURTYARD_SENTENCES[code]() : refusalText(code);
}

const isOfCourtyard = (code: string): code is CourtyardRefusal => Object.hasOwn(COURTYARD_SENTENCES, code);
