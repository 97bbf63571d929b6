import { expect, test } from 'vitest';
import { GATES, parseProcedure, type Gate } from '#core/procedures/definition.ts';
import { LIBRARY_PROCEDURES, PROCEDURE_LIBRARY, USUAL_PROCEDURE } from '#core/procedures/library.ts';
import { firstStep, mayEnter, nextStep } from '#core/procedures/engine.ts';
import { PROCEDURE, PROCEDURE_JSON } from '../../support/council.ts';

const open = (...gates: Gate[]): ReadonlySet<Gate> => new Set(gates);
const steps = PROCEDURE.steps.map(({ id }) => id);
const [selection = '', study = '', consultation = '', committee = '', notice = ''] = steps;

/** What stands in the way of the step after this one. */
const closed = (current: string, gates: ReadonlySet<Gate>) => {
	const next = nextStep(PROCEDURE, current, gates);
	return next.ok ? next.value.id : [next.error.code, ...next.error.gates];
};

test('[PROC-1] the five-step walk: each step and the gates before it', () => {
	expect(firstStep(PROCEDURE)).toBe(selection);
	expect(closed(selection, open())).toBe(study);
	expect(closed(study, open())).toBe(consultation);
	expect(closed(consultation, open())).toEqual(['gates-closed', 'text-frozen', 'decided']);
	expect(closed(consultation, open('text-frozen'))).toEqual(['gates-closed', 'decided']);
	expect(closed(consultation, open('text-frozen', 'decided'))).toBe(committee);
	expect(closed(committee, open('text-frozen', 'decided'))).toEqual(['gates-closed', 'minutes-approved']);
	expect(closed(committee, open('minutes-approved'))).toBe(notice);
	expect(closed(notice, open(...GATES))).toEqual(['no-next-step']);
});

test('[PROC-2] forward one step, back to any, and never to a step the procedure does not know', () => {
	const table = steps.map((from) => steps.filter((to) => mayEnter(PROCEDURE, from, to, open(...GATES))));
	expect(table).toEqual(steps.map((_, index) => steps.slice(0, index + 2)));
	expect(mayEnter(PROCEDURE, selection, 'elsewhere', open(...GATES))).toBe(false);
});

test('[PROC-2] with all gates closed the way back is still open', () => {
	const table = steps.map((from) => steps.filter((to) => mayEnter(PROCEDURE, from, to, open())));
	expect(table).toEqual([
		[selection, study],
		[selection, study, consultation],
		[selection, study, consultation],
		[selection, study, consultation, committee],
		steps,
	]);
});

test('[PROC-1] a procedure is read from its JSON and nothing else', () => {
	expect(parseProcedure(PROCEDURE_JSON).ok).toBe(true);
	const broken = [
		undefined,
		'',
		'null',
		'{}',
		PROCEDURE_JSON.slice(1),
		PROCEDURE_JSON.replace('"decided"', '"agreed"'),
	];
	expect(broken.map((json) => parseProcedure(json).ok)).toEqual(broken.map(() => false));
	const without = JSON.stringify({ ...PROCEDURE, steps: [] });
	const more = JSON.stringify({ ...PROCEDURE, secret: true });
	const alone = JSON.stringify({ ...PROCEDURE, assent: 0 });
	expect([without, more, alone].map((json) => parseProcedure(json).ok)).toEqual([false, false, false]);
});

test('[PROC-5] the library holds procedures, each under its own id, and the usual one comes first', () => {
	const read = LIBRARY_PROCEDURES.map((id) => parseProcedure(JSON.stringify(PROCEDURE_LIBRARY[id])));
	expect(read.map((parsed) => parsed.ok && parsed.value.id)).toEqual(LIBRARY_PROCEDURES);
	expect(LIBRARY_PROCEDURES.length).toBeGreaterThan(1);
	expect(LIBRARY_PROCEDURES[0]).toBe(USUAL_PROCEDURE);
});
