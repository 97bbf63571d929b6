import type { MemberId } from '../kernel/ids.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { CornerState } from '../ledger/fold.ts';
import type { Gate, Procedure, Step } from '../procedures/definition.ts';
import { nextStep } from '../procedures/engine.ts';
import { permission, type NotPermitted, type Permission } from '../roster/rules.ts';
import { currentStep, openGates } from './selectors.ts';
import type { Topic } from './state.ts';

export interface StepPermission {
	readonly step: Step;
	readonly as: Permission;
}
export interface EnterRefusal {
	readonly code: NotPermitted | 'no-next-step' | 'gates-closed' | 'stage-forked';
	readonly gates: readonly Gate[];
}

/** TOPIC-2: the next step, if the procedure, its gates and the member's role allow it. */
export function mayEnterNextStep(
	state: CornerState,
	member: MemberId | undefined,
	topic: Topic,
	procedure: Procedure,
): Result<StepPermission, EnterRefusal> {
	const current = currentStep(topic, procedure);
	if (current === undefined) return err({ code: 'stage-forked', gates: [] });
	const next = nextStep(procedure, current, openGates(state, topic));
	if (!next.ok) return next;
	const allowed = permission(state.roster, member, 'topic.stage');
	return allowed.ok ? ok({ step: next.value, as: allowed.value }) : err({ code: allowed.error, gates: [] });
}
