import { err, ok, type Result } from '../kernel/result.ts';
import type { Gate, Procedure, Step } from './definition.ts';

/** Which gates of a topic are open, judged from the ledger. */
export type OpenGates = ReadonlySet<Gate>;

export interface StepRefusal {
	readonly code: 'no-next-step' | 'gates-closed';
	/** The gates that are still closed. */
	readonly gates: readonly Gate[];
}

/** PROC-1: a topic goes forward one step at a time, and only through open gates; it may always go back. */
export function nextStep(procedure: Procedure, current: string, open: OpenGates): Result<Step, StepRefusal> {
	const step = procedure.steps[indexOf(procedure, current) + 1];
	if (!step) return err({ code: 'no-next-step', gates: [] });
	const closed = step.gates.filter((gate) => !open.has(gate));
	return closed.length === 0 ? ok(step) : err({ code: 'gates-closed', gates: closed });
}

/** PROC-2: whether entering `target` from `current` was allowed. Back is allowed to any step; forward is one step. */
export function mayEnter(procedure: Procedure, current: string, target: string, open: OpenGates): boolean {
	const to = indexOf(procedure, target);
	if (to < 0) return false;
	if (to <= indexOf(procedure, current)) return true;
	const next = nextStep(procedure, current, open);
	return next.ok && next.value.id === target;
}

/** The step a topic is in before anybody moved it. */
export const firstStep = (procedure: Procedure): string => procedure.steps[0]?.id ?? '';

function indexOf(procedure: Procedure, step: string): number {
	return procedure.steps.findIndex(({ id }) => id === step);
}
