import type { PollId, RecordId } from '../kernel/ids.ts';
import type { LedgerReader } from '../ledger/reader.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { Consensus, Minutes } from '../minutes/state.ts';
import type { Poll } from '../polls/state.ts';

/** What a publication may rest on, folded before it. */
export interface PublicationGround {
	readonly polls: ReadonlyMap<PollId, Poll>;
	readonly minutes: ReadonlyMap<RecordId, Minutes>;
	readonly consensus: ReadonlyMap<RecordId, Consensus>;
}

export type EditionRecord = LedgerRecord<'publish'> | LedgerRecord<'publish.correct'>;

/** PUB-2: it rests on a decision that stands, and on approved minutes. */
export function isFounded(ledger: LedgerReader, ground: PublicationGround, record: EditionRecord): boolean {
	return restsOnDecision(ledger, ground, record) && isApproved(ground, record);
}

/** PUB-2: a certified closing with a result on this topic and text, or a consensus on it that stands. */
function restsOnDecision(ledger: LedgerReader, ground: PublicationGround, { body }: EditionRecord): boolean {
	const close = ledger.find(body.close, 'poll.close');
	const poll = close && ground.polls.get(close.body.poll);
	if (poll) return hasResult(poll, body.close) && poll.topic === body.topic && poll.text === body.text;
	const consensus = body.consensus === undefined ? undefined : ground.consensus.get(body.consensus);
	return consensus !== undefined && consensus.stands && consensus.topic === body.topic && consensus.text === body.text;
}

/** PUB-14: yes or no. A tie, too few voters and nobody for or against leave a matter undecided. */
function hasResult({ standing }: Poll, close: RecordId | undefined): boolean {
	const outcome = standing?.decision.outcome;
	return standing?.id === close && (outcome === 'passed' || outcome === 'not-passed');
}

function isApproved(ground: PublicationGround, { body }: EditionRecord): boolean {
	const minutes = ground.minutes.get(body.minutes);
	return minutes?.topic === body.topic && minutes.approval !== undefined;
}
