import type { FaultyLine, LineFault } from '#core/polls/owner-roll.ts';
import { m } from '#lib/i18n/paraglide/messages.js';

const REASONS: Readonly<Record<LineFault, (about: { readonly name: string }) => string>> = {
	'line-form': () => m.owner_line_form(),
	'line-area': () => m.owner_line_area(),
	'line-twice': () => m.owner_line_twice(),
	'line-unknown': m.owner_line_unknown,
	'line-ambiguous': m.owner_line_ambiguous,
};

/** What to put right in a line of a pasted roll. */
export const lineReason = ({ fault, about }: FaultyLine): string => REASONS[fault]({ name: about });
