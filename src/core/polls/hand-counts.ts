import { groupBy } from '../kernel/group.ts';
import { compareText, type MemberId } from '../kernel/ids.ts';
import { decodeIdList } from '../ledger/blobs.ts';
import type { LedgerRecord } from '../ledger/record.ts';
import type { BallotFault, BoxKeeper, FaultyRecord } from './ballot-box.ts';
import { unitFor, weighsEqually, type Electorate } from './electorate.ts';
import { isCosignedByTeller } from './judging.ts';
import { CHOICES } from './records.ts';
import type { Poll } from './state.ts';
import type { CountedHands } from './tally.ts';

type JudgedHands = CountedHands | FaultyRecord;

/** POLL-9: hands are counted on a motion, where every unit weighs the same, at most one hand a unit. */
export function judgeHands(
	{ ledger, blobs }: BoxKeeper,
	poll: Poll,
	electorate: Electorate,
	count: LedgerRecord<'hand.count'>,
): JudgedHands {
	const { id, body } = count;
	const faulty = (fault: BallotFault): FaultyRecord => ({ id, voter: undefined, fault });
	const bytes = blobs(body.voters);
	const voters = decodeIdList<MemberId>(bytes);
	if (!bytes) return faulty('blob-missing');
	const { approve, reject, abstain, spoiled } = body.counts;
	if (voters?.length !== approve + reject + abstain + spoiled) return faulty('hand-count-invalid');
	const isOffered = CHOICES.every((choice) => body.counts[choice] === 0 || poll.options.includes(choice));
	if (poll.form !== 'motion' || !isOffered || !weighsEqually(electorate)) return faulty('hand-count-invalid');
	if (!voters.every((voter) => electorate.unitsOf.has(voter))) return faulty('voter-not-on-roll');
	if (!voters.every((voter) => electorate.present?.has(voter) ?? true)) return faulty('voter-absent');
	const units = voters.map((voter) => unitFor(electorate, voter));
	if (units.includes(undefined) || new Set(units).size < units.length) return faulty('hand-count-invalid');
	if (!isCosignedByTeller(ledger, poll, count, 'count')) return faulty('not-cosigned');
	return { id, voters, counts: body.counts };
}

/**
 * Hand counts that nobody replaced must not share a unit: two that do are both void, since a sum of hands does not tell
 * whose hand was whose.
 */
export function withoutOverlaps(electorate: Electorate, judged: readonly JudgedHands[]): readonly JudgedHands[] {
	const current = judged.filter((item) => 'counts' in item).sort((a, b) => compareText(a.id, b.id));
	const unitsOf = ({ voters }: CountedHands) => voters.map((voter) => unitFor(electorate, voter));
	const counted = groupBy(current.flatMap(unitsOf), (unit) => unit);
	const shares = (hands: CountedHands) => unitsOf(hands).some((unit) => (counted.get(unit)?.length ?? 0) > 1);
	const overlapping = current
		.filter(shares)
		.map(({ id }): FaultyRecord => ({ id, voter: undefined, fault: 'voters-overlap' }));
	return [...judged.filter((item) => 'fault' in item), ...overlapping, ...current.filter((hands) => !shares(hands))];
}
