import type { TopicId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { currentOf } from '../ledger/successors.ts';
import { assentsTo } from '../minutes/assent.ts';
import { procedureOf } from '../procedures/of-topic.ts';
import { authorMember } from '../roster/authorship.ts';
import type { FrozenText, StageEntry, Topic } from './state.ts';
import { gatesEverOpened, stagesWalked, type GateKeepers } from './walk.ts';

export function foldTopics(ledger: LedgerReader, blobs: BlobSource, keepers: GateKeepers): ReadonlyMap<TopicId, Topic> {
	const opened = ledger.ofType('topic.open');
	return new Map(opened.map((record) => [record.id, foldTopic(ledger, blobs, keepers, record)]));
}

function foldTopic(
	ledger: LedgerReader,
	blobs: BlobSource,
	keepers: GateKeepers,
	opened: LedgerRecord<'topic.open'>,
): Topic {
	const freezes = ledger.citing(opened.id, 'text.freeze');
	const signed = ledger.citing(opened.id, 'topic.stage');
	const gates = gatesEverOpened(opened.id, freezes.length > 0, keepers);
	const stages = stagesWalked(signed, procedureOf(ledger, blobs, opened.id), gates);
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
		texts: currentOf(freezes).map((freeze) => frozenText(ledger, freeze)),
	};
}

const stageEntry = ({ id, body, at }: LedgerRecord<'topic.stage'>): StageEntry => ({ id, stage: body.stage, at });

function frozenText(ledger: LedgerReader, { id, body, at }: LedgerRecord<'text.freeze'>): FrozenText {
	return { id, blob: body.blob, at, assents: assentsTo(ledger, id) };
}
