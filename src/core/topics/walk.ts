import type { RecordId, TopicId } from '../kernel/ids.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Consensus, Minutes } from '../minutes/state.ts';
import type { Poll } from '../polls/state.ts';
import type { Gate, Procedure } from '../procedures/definition.ts';
import { firstStep, mayEnter, type OpenGates } from '../procedures/engine.ts';

type StageRecord = LedgerRecord<'topic.stage'>;

/** What opens gates, folded before topics. */
export interface GateKeepers {
	readonly polls: ReadonlyMap<RecordId, Poll>;
	readonly minutes: ReadonlyMap<RecordId, Minutes>;
	readonly consensus: ReadonlyMap<RecordId, Consensus>;
}

/**
 * PROC-4: the stage records that walk the procedure. One that skips a step, passes a closed gate, or names a record
 * that does not stand here has no weight, whoever signed it. While the procedure is not held nobody can tell, and all
 * are shown.
 */
export function stagesWalked(
	stages: readonly StageRecord[],
	procedure: Procedure | undefined,
	opened: OpenGates,
): readonly StageRecord[] {
	if (!procedure) return stages;
	const byId = new Map(stages.map((stage) => [stage.id, stage]));
	const verdicts = new Map<RecordId, boolean>();
	const stands = (stage: StageRecord): boolean => {
		const known = verdicts.get(stage.id);
		if (known !== undefined) return known;
		const verdict = stepsBefore(stage).some((step) => step !== undefined && entersFrom(step, stage));
		verdicts.set(stage.id, verdict);
		return verdict;
	};
	const stepsBefore = ({ body }: StageRecord): readonly (string | undefined)[] =>
		body.after.length === 0 ? [firstStep(procedure)] : body.after.map((id) => stepOf(byId.get(id)));
	const stepOf = (before: StageRecord | undefined) => (before && stands(before) ? before.body.stage : undefined);
	const entersFrom = (step: string, { body }: StageRecord) => mayEnter(procedure, step, body.stage, opened);
	return stages.filter(stands);
}

/**
 * Gates that were ever opened. A text frozen anew closes a gate for the next step, and does not undo the steps that
 * were rightly taken through it.
 */
export function gatesEverOpened(topic: TopicId, isFrozen: boolean, keepers: GateKeepers): OpenGates {
	const ofTopic = <T extends { readonly topic: TopicId }>(items: ReadonlyMap<RecordId, T>) =>
		[...items.values()].filter((item) => item.topic === topic);
	const voted = ofTopic(keepers.polls).some(({ standing }) => standing?.decision.outcome === 'passed');
	const opened: Readonly<Record<Gate, boolean>> = {
		'text-frozen': isFrozen,
		decided: voted || ofTopic(keepers.consensus).some(({ stands }) => stands),
		'minutes-approved': ofTopic(keepers.minutes).some(({ approval }) => approval !== undefined),
	};
	return new Set((Object.keys(opened) as Gate[]).filter((gate) => opened[gate]));
}
