import fiveStep from './library/five-step-consultation.json' with { type: 'json' };
import onSite from './library/on-site-consultation.json' with { type: 'json' };
import trialFirst from './library/trial-first.json' with { type: 'json' };

/** PROC-5: the procedures that a topic may be proposed under, by id; a topic takes a copy along, as a blob. */
export const PROCEDURE_LIBRARY = {
	'five-step-consultation': fiveStep,
	'on-site-consultation': onSite,
	'trial-first': trialFirst,
} as const;

export type LibraryProcedure = keyof typeof PROCEDURE_LIBRARY;

export const LIBRARY_PROCEDURES = Object.keys(PROCEDURE_LIBRARY) as readonly LibraryProcedure[];

/** The one that is followed unless somebody chooses another. */
export const USUAL_PROCEDURE: LibraryProcedure = 'five-step-consultation';
