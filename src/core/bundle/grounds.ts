import type { PollId, RecordId } from '../kernel/ids.ts';
import { decodeIdList, type BlobSource } from '../ledger/blobs.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import { decodeRoll } from '../polls/roll.ts';
import type { EditionRecord } from '../publication/ground.ts';
import { authorMember } from '../roster/authorship.ts';

/** BUNDLE-13: the vote that decided and those that led to it: a tie before a second round, a choice before its trial. */
export function votesBehind(ledger: Ledger, { body }: EditionRecord): ReadonlySet<PollId> {
	const votes = new Set<PollId>();
	let vote = ledger.find(ledger.find(body.close, 'poll.close')?.body.poll, 'poll.open');
	while (vote) {
		votes.add(vote.id);
		const before = ledger.find(vote.body.follows?.[0], 'poll.open');
		vote = before?.body.topic === vote.body.topic ? before : undefined;
	}
	return votes;
}

/**
 * Where reaching for what an outcome rests on begins: the outcome, what it says it took into account (BUNDLE-12), the
 * approval of its minutes, and what its votes rest on without naming it.
 */
export function restsOn(
	ledger: Ledger,
	blobs: BlobSource,
	edition: EditionRecord,
	votes: ReadonlySet<PollId>,
): readonly RecordId[] {
	const { topic, minutes, considered } = edition.body;
	const approvals = ledger.citing(topic, 'minutes.approve').filter(({ body }) => body.minutes === minutes);
	return [
		edition.id,
		...(decodeIdList<RecordId>(considered && blobs(considered)) ?? []),
		...approvals.map(({ id }) => id),
		...[...votes].flatMap((vote) => voteRestsOn(ledger, blobs, edition, vote)),
	];
}

/** Those who could vote, the closing that counts, and what its closer signed that he held. */
function voteRestsOn(ledger: Ledger, blobs: BlobSource, edition: EditionRecord, vote: PollId): readonly RecordId[] {
	const opened = ledger.find(vote, 'poll.open');
	if (!opened) return [];
	const voters = (decodeRoll(blobs(opened.body.roll)) ?? []).flatMap(({ members }) => members);
	const closings = closingsThatCount(ledger, edition, opened);
	const closers = closings.map((close) => authorMember(ledger, close));
	const receipts = ledger.ofType('receipt').filter(({ scope }) => scope === vote);
	const own = receipts.filter((receipt) => closers.includes(authorMember(ledger, receipt)));
	return [...voters, ...[...closings, ...own].map(({ id }) => id)];
}

/** The one that is published; of a vote before it, those that a teller has certified. */
function closingsThatCount(
	ledger: Ledger,
	{ body }: EditionRecord,
	opened: LedgerRecord<'poll.open'>,
): readonly LedgerRecord<'poll.close'>[] {
	const closings = ledger.citing(opened.id, 'poll.close');
	const published = closings.filter(({ id }) => id === body.close);
	if (published.length > 0) return published;
	return closings.filter(({ id }) =>
		ledger.citing(id, 'cosign').some((cosign) => {
			const teller = authorMember(ledger, cosign);
			return cosign.body.kind === 'certify' && teller !== undefined && opened.body.tellers.includes(teller);
		}),
	);
}
