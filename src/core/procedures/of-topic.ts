import type { TopicId } from '../kernel/ids.ts';
import { decodeTextBlob, type BlobSource } from '../ledger/blobs.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import { DEFAULT_ASSENT } from '../minutes/assent.ts';
import { parseProcedure, type Procedure } from './definition.ts';

/** The procedure a topic names; undefined while its blob is not held or when it is not a procedure. */
export function procedureOf(ledger: LedgerReader, blobs: BlobSource, topic: TopicId): Procedure | undefined {
	const opened = ledger.find(topic, 'topic.open');
	const parsed = opened && parseProcedure(decodeTextBlob(blobs(opened.body.procedure.hash)));
	return parsed?.ok ? parsed.value : undefined;
}

/** How many members besides the author must agree to minutes or a consensus on this topic. */
export function assentNeeded(ledger: LedgerReader, blobs: BlobSource, topic: TopicId): number {
	return procedureOf(ledger, blobs, topic)?.assent ?? DEFAULT_ASSENT;
}
