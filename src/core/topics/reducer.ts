import type { TopicId } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { currentOf } from '../ledger/successors.ts';
import { authorMember } from '../roster/authorship.ts';
import type { FrozenText, StageEntry, Topic } from './state.ts';

export function foldTopics(ledger: Ledger): ReadonlyMap<TopicId, Topic> {
	return new Map(ledger.ofType('topic.open').map((opened) => [opened.id, foldTopic(ledger, opened)]));
}

function foldTopic(ledger: Ledger, opened: LedgerRecord<'topic.open'>): Topic {
	const stages = ledger.ofType('topic.stage').filter(({ body }) => body.topic === opened.id);
	const freezes = ledger.ofType('text.freeze').filter(({ body }) => body.topic === opened.id);
	const { title, source, procedure } = opened.body;
	return {
		id: opened.id,
		title,
		source,
		procedure,
		proposer: authorMember(ledger, opened),
		at: opened.at,
		stages: currentOf(stages).map(stageEntry),
		history: stages.map(stageEntry),
		texts: currentOf(freezes).map(frozenText),
	};
}

const stageEntry = ({ id, body, at }: LedgerRecord<'topic.stage'>): StageEntry => ({ id, stage: body.stage, at });
const frozenText = ({ id, body, at }: LedgerRecord<'text.freeze'>): FrozenText => ({ id, blob: body.blob, at });
