import type { MemberId, PollId, RecordId } from '../kernel/ids.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { currentByTopic } from '../ledger/successors.ts';
import { assentsTo } from '../minutes/assent.ts';
import type { Consensus, Minutes } from '../minutes/state.ts';
import type { Poll } from '../polls/state.ts';
import { authorMember } from '../roster/authorship.ts';
import { rolesOf } from '../roster/selectors.ts';
import type { Roster } from '../roster/state.ts';
import type { Publication } from './state.ts';

/** What a publication may rest on, folded before it. */
export interface PublicationGround {
	readonly roster: Roster;
	readonly polls: ReadonlyMap<PollId, Poll>;
	readonly minutes: ReadonlyMap<RecordId, Minutes>;
	readonly consensus: ReadonlyMap<RecordId, Consensus>;
}

export function foldPublications(ledger: Ledger, ground: PublicationGround): ReadonlyMap<RecordId, Publication> {
	const published = ledger.ofType('publish');
	const current = currentByTopic(published);
	return new Map(published.map((record) => [record.id, foldOne(ledger, ground, record, current.has(record.id))]));
}

function foldOne(
	ledger: Ledger,
	ground: PublicationGround,
	record: LedgerRecord<'publish'>,
	current: boolean,
): Publication {
	const { topic, close, consensus, minutes, text } = record.body;
	const publisher = authorMember(ledger, record);
	const cosigners = cosignersOf(ledger, record.id, publisher);
	const seconded = cosigners.some((member) => rolesOf(ground.roster, member).includes('teller'));
	const stands = seconded && restsOnDecision(ledger, ground, record) && isApproved(ground, record);
	return {
		...{ id: record.id, topic, close, consensus, minutes, text, publisher, cosigners, current, stands },
		at: record.at,
	};
}

function cosignersOf(ledger: Ledger, target: RecordId, author: MemberId | undefined): readonly MemberId[] {
	const approvals = assentsTo(ledger, target).filter(({ kind, member }) => kind === 'approve' && member !== author);
	return [...new Set(approvals.map(({ member }) => member))];
}

/** PUB-2: a certified closing that passed on this topic and text, or a consensus on it that stands. */
function restsOnDecision(ledger: Ledger, ground: PublicationGround, { body }: LedgerRecord<'publish'>): boolean {
	const close = ledger.find(body.close, 'poll.close');
	const poll = close && ground.polls.get(close.body.poll);
	if (poll) return hasPassed(poll, body.close) && poll.topic === body.topic && poll.text === body.text;
	const consensus = body.consensus === undefined ? undefined : ground.consensus.get(body.consensus);
	return consensus !== undefined && consensus.stands && consensus.topic === body.topic && consensus.text === body.text;
}

function hasPassed({ standing }: Poll, close: RecordId | undefined): boolean {
	return standing?.id === close && standing?.decision.outcome === 'passed';
}

function isApproved(ground: PublicationGround, { body }: LedgerRecord<'publish'>): boolean {
	const minutes = ground.minutes.get(body.minutes);
	return minutes?.topic === body.topic && minutes.approval !== undefined;
}
