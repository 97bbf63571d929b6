import type { Procedure, Step } from '#core/procedures/definition.ts';
import { currentLocale } from './locale.ts';
import { m } from './paraglide/messages.js';

export const stepName = ({ name }: Pick<Step, 'name'>): string => name[currentLocale()];

/** What a StepRibbon shows of a procedure. `finished`: the last step is done too. */
export function ribbonOf({ steps }: Pick<Procedure, 'steps'>, current: string | undefined, finished = false) {
	const now = steps.findIndex(({ id }) => id === current);
	const stateOf = (index: number) => (finished || index < now ? 'done' : index === now ? 'current' : 'later');
	return {
		label: m.topic_steps(),
		steps: steps.map((step, index) => ({ label: stepName(step), state: stateOf(index) }) as const),
		stateLabels: { done: m.topic_step_done(), current: m.topic_step_current(), later: m.topic_step_later() },
	};
}
