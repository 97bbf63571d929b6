import { PROCEDURE_LIBRARY, type LibraryProcedure } from '#core/procedures/library.ts';
import { m } from '#lib/i18n/paraglide/messages.js';
import { stepName } from '#lib/i18n/steps.ts';

const MEANINGS: Readonly<Record<LibraryProcedure, () => string>> = {
	'five-step-consultation': m.topic_procedure_five_step,
	'on-site-consultation': m.topic_procedure_on_site,
	'trial-first': m.topic_procedure_trial_first,
};

export const procedureName = (id: LibraryProcedure): string => stepName(PROCEDURE_LIBRARY[id]);

/** One sentence: what following it means. */
export const procedureMeaning = (id: LibraryProcedure): string => MEANINGS[id]();
