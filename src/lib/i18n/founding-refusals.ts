import type { CofounderRefusal } from '#core/roster/cofounding.ts';
import { m } from './paraglide/messages.js';

/** Why somebody is not taken as a co-founder, or does not come in as one. */
export type FoundingRefusal = CofounderRefusal | 'cofounder-malformed' | 'founder-key-missing';

export const FOUNDING_SENTENCES: Readonly<Record<FoundingRefusal, () => string>> = {
	'cofounder-malformed': m.founding_refusal_malformed,
	'cofounder-other-founding': m.founding_refusal_other,
	'cofounder-known': m.founding_refusal_known,
	'cofounders-complete': m.founding_refusal_complete,
	'founder-key-missing': m.founding_refusal_key_missing,
};
