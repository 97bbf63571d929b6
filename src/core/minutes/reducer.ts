import type { MemberId, RecordId } from '../kernel/ids.ts';
import type { BlobSource } from '../ledger/blobs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { currentByTopic } from '../ledger/successors.ts';
import { assentNeeded } from '../procedures/of-topic.ts';
import { authorMember } from '../roster/authorship.ts';
import type { Roster } from '../roster/state.ts';
import { assentsTo, isAssented } from './assent.ts';
import type { Consensus, Minutes } from './state.ts';

export function foldMinutes(ledger: Ledger, blobs: BlobSource, roster: Roster): ReadonlyMap<RecordId, Minutes> {
	const freezes = ledger.ofType('minutes.freeze');
	const current = currentByTopic(freezes);
	return new Map(freezes.map((freeze) => [freeze.id, foldOne(ledger, blobs, roster, freeze, current)]));
}

export function foldConsensus(ledger: Ledger, blobs: BlobSource, roster: Roster): ReadonlyMap<RecordId, Consensus> {
	return new Map(
		ledger.ofType('consensus').map((record) => {
			const { topic, text, considered } = record.body;
			const stands = hasAssent(ledger, blobs, roster, text, considered, topic, authorMember(ledger, record));
			return [record.id, { id: record.id, topic, text, stands }];
		}),
	);
}

function foldOne(
	ledger: Ledger,
	blobs: BlobSource,
	roster: Roster,
	freeze: LedgerRecord<'minutes.freeze'>,
	current: ReadonlySet<RecordId>,
): Minutes {
	const { topic, blob } = freeze.body;
	const approval = ledger
		.ofType('minutes.approve')
		.filter(({ body }) => body.minutes === freeze.id && body.topic === topic)
		.find((record) => approves(ledger, blobs, roster, record));
	return {
		...{ id: freeze.id, topic, blob, author: authorMember(ledger, freeze) },
		assents: assentsTo(ledger, freeze.id),
		current: current.has(freeze.id),
		approval: approval?.id,
	};
}

function approves(
	ledger: Ledger,
	blobs: BlobSource,
	roster: Roster,
	approve: LedgerRecord<'minutes.approve'>,
): boolean {
	const { minutes, considered, topic } = approve.body;
	return hasAssent(ledger, blobs, roster, minutes, considered, topic, authorMember(ledger, approve));
}

function hasAssent(
	ledger: Ledger,
	blobs: BlobSource,
	roster: Roster,
	target: RecordId,
	considered: readonly RecordId[],
	topic: RecordId,
	author: MemberId | undefined,
): boolean {
	return isAssented(roster, assentsTo(ledger, target), considered, author, assentNeeded(ledger, blobs, topic));
}
